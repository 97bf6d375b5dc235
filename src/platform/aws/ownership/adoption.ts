import { NoSuchObject } from '../../../common/errors.js';
import type { AdoptionWriter } from '../../ports/adoption.js';
import { findArn } from './find-arn.js';
import { tagsFor } from './ownership.js';
import type { Account } from '../account/place.js';
import { adoptedTag, tagsOf } from './tags.js';
import { refusalOf, whoseBy } from './whose.js';

/** The only way for something that others made to become ours: a person hands it over by its name. */
export function adoptionWriter(account: Account): AdoptionWriter {
  const { clients } = account;
  const find = async (name: string, signal?: AbortSignal) => {
    const arn = await findArn(account, 'endpoint', name, signal);
    if (arn === undefined) throw new NoSuchObject(`there is no endpoint ${name}; see: mlops endpoint list`, name);
    return { arn, whose: whoseBy(account, await tagsFor(account, { kind: 'endpoint', arn }, signal)) };
  };
  return {
    async adopt(name, { signal } = {}) {
      const { arn, whose } = await find(name, signal);
      if (whose.is === 'ours') return false;
      if (whose.is === 'anothers') throw refusalOf(account, { kind: 'endpoint', name }, whose);
      const Tags = [...tagsOf(account), { Key: adoptedTag, Value: new Date().toISOString() }];
      const sagemaker = await clients.sagemaker();
      await sagemaker.addTags({ ResourceArn: arn, Tags }, { abortSignal: signal });
      return true;
    },
    async release(name, { signal } = {}) {
      const { arn, whose } = await find(name, signal);
      if (whose.is !== 'ours') throw refusalOf(account, { kind: 'endpoint', name }, whose);
      const TagKeys = [...tagsOf(account).map(({ Key }) => Key), adoptedTag];
      const sagemaker = await clients.sagemaker();
      await sagemaker.deleteTags({ ResourceArn: arn, TagKeys }, { abortSignal: signal });
    },
  };
}
