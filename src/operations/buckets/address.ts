import { parseS3Address } from '../../common/s3-address.js';
import { InputError } from '../../common/errors.js';

/** A key of the environment's own bucket, or `s3://bucket/key`. */
export function address(text: string): { bucket: string | undefined; key: string } {
  const at = parseS3Address(text);
  return at ?? { bucket: undefined, key: text };
}

/** Only the environment's own bucket is ever written. @throws InputError for an address in another */
export function ownKey(text: string): string {
  const { bucket, key } = address(text);
  if (bucket !== undefined)
    throw new InputError(`bucket: found "${text}", expected a key of this environment's bucket`);
  return key;
}
