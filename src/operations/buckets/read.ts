import { InputError } from '../../common/errors.js';
import { reads } from '../operation.js';
import { address } from './address.js';

/** An object's bytes. @throws InputError for one that is not there */
export const readObject = reads('buckets.read', async ({ environment }, { key: text }: { key: string }) => {
  const { bucket, key } = address(text);
  const bytes = await environment.objects.read(key, { bucket });
  if (bytes === undefined) throw new InputError(`bucket: found no object "${text}" in ${environment.name}`);
  return bytes;
});
