import { RefusedError } from '../../../common/errors.js';
import { parseS3Address } from '../../../common/s3-address.js';
import type { TaggedKind } from '../all-rights.js';
import type { Account } from '../account/place.js';
import { adoptedTag, objectMarks, tagNames, tagsOf } from './tags.js';

/** Something in an account that somebody made. */
export interface Thing {
  kind: TaggedKind | 'dashboard' | 'object';
  /** An object's is `s3://bucket/key`, a version's its ARN. */
  name: string;
}

/** Whose it is. What lacks our marks is not ours, also where we made it. */
export type Whose = { is: 'ours'; adopted: boolean } | { is: 'unmarked' } | { is: 'anothers'; mark: string };

/** By what it carries: tags, or an object's metadata. Both the project and the environment have to be this one. */
export function whoseBy(account: Account, marks: Readonly<Record<string, string | undefined>>): Whose {
  const wanted = [...tagsOf(account), ...objectMarks(account)];
  const other = wanted.find(({ Key, Value }) => marks[Key] !== undefined && marks[Key] !== Value);
  if (other !== undefined) return { is: 'anothers', mark: `${other.Key}=${marks[other.Key]}` };
  const isOurs = [tagsOf(account), objectMarks(account)].some((all) =>
    all.every(({ Key }) => marks[Key] !== undefined),
  );
  return isOurs ? { is: 'ours', adopted: marks[adoptedTag] !== undefined } : { is: 'unmarked' };
}

/** Says what it is, whose, and the deed that helps. */
export function refusalOf(
  account: Account,
  { kind, name }: Thing,
  whose: Exclude<Whose, { is: 'ours' }>,
): RefusedError {
  const of = `${kind} ${name}`;
  if (whose.is === 'anothers') {
    const { project } = tagNames;
    const who = whose.mark.startsWith(project) ? "another project's" : "another project's or environment's";
    const way = kind === 'object' ? objectHelp(name) : 'give ours another name in mlops.json';
    return new RefusedError(`${of} carries ${whose.mark}, so it is ${who} and is left as it is; ${way}`);
  }
  const marks = (kind === 'object' ? objectMarks(account) : tagsOf(account)).map(({ Key, Value }) => `${Key}=${Value}`);
  const carries = `${kind === 'object' ? 'metadata' : 'tags'} ${marks.join(' and ')}`;
  return new RefusedError(
    `${of} is there and does not carry the ${carries}, so it may be somebody else's and is left as it is; ${help(kind, name)}`,
  );
}

function help(kind: Thing['kind'], name: string): string {
  if (kind === 'endpoint') return `to release into it, adopt it: mlops endpoint adopt ${name}`;
  if (kind === 'object') return objectHelp(name);
  if (kind === 'model-version') return 'give its model group these tags to hand it over';
  return 'give it these tags to hand it over, or give ours another name in mlops.json';
}

function objectHelp(name: string): string {
  const key = parseS3Address(name)?.key ?? name;
  return `give this environment a bucket of its own, or remove it by its name: mlops bucket rm ${key} --yes --confirm ${key}`;
}

/** What was adopted is released into and scaled; others made it, so it is neither stopped nor deleted. */
export function adoptedRefusal({ kind, name }: Thing): RefusedError {
  return new RefusedError(
    `${kind} ${name} was adopted, not made here, so it is neither stopped nor deleted; mlops cleanup gives it back`,
  );
}
