import { InputError } from '../../common/errors.js';
import { answer } from '../answer.js';
import { changes } from '../operation.js';
import { ownKey } from './address.js';

/** Removes an object of the environment's own bucket. @throws InputError for one that is not there */
export const removeObject = changes(
  'buckets.remove',
  {
    purpose: ({ key }: { key: string }) => `delete ${key}`,
    destroys: ({ key }) => ({ what: `delete ${key}`, resource: key, askLocally: 'a person' }),
    async check({ environment }, { key }) {
      const own = ownKey(key);
      if ((await environment.objects.head(own)) === undefined)
        throw new InputError(`bucket: found no object "${own}" in ${environment.name}; see: mlops bucket ls ""`);
    },
  },
  async ({ writers, signal }, { key }) => {
    const own = ownKey(key);
    // Its name was typed: that is a person's deed, also on an object of others.
    await writers.objects.remove(own, { takeOver: true, signal });
    return answer('object-removed', { key: own, removed: true });
  },
);
