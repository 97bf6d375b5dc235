import type { LifecycleRule } from '@aws-sdk/client-s3';
import { BrokenError, RefusedError } from '../../../common/errors.js';
import { touches } from '../all-rights.js';
import type { Call } from '../account/explain.js';
import { othersRules } from '../storage/lifecycle.js';
import { mustBeBound } from '../ownership/object-ownership.js';
import { tagsFor, whoseIs, whyNot } from '../ownership/ownership.js';
import type { Account } from '../account/place.js';
import { adoptedTag, marksIn, tagsOf } from '../ownership/tags.js';
import { refusalOf, whoseBy } from '../ownership/whose.js';

type Input = Readonly<Record<string, unknown>>;

/**
 * Stands before every call that can change something, whichever writer sends it: what the call touches is ours or is not
 * there yet, and what it makes carries our tags. Writers ask before their first call; this holds when one forgets.
 * @throws RefusedError naming what it is, whose, and the deed that helps
 */
export async function mayChange(account: Account, { operation, input }: Call): Promise<void> {
  const given = input as Input;
  const touch = touches[operation];
  if (touch === undefined) throw new BrokenError(`${operation}: nothing says what it touches, so it is not sent`);
  if (touch === 'nothing') return;
  if (touch === 'bound') return mustBeBound(account, given);
  if (touch === 'content')
    return operation.endsWith('Tags') ? mayBeTagged(account, operation, given) : mustKeepRules(account, given);
  const ends = operation.startsWith('Delete');
  const makes = /^Create|^Put\w+Alarm$/.test(operation) && operation !== 'CreateModelPackage';
  for (const thing of touch(given)) {
    const whose = await whoseIs(account, thing);
    if (whose === undefined && makes) mustCarryTags(account, operation, given);
    const refusal = whyNot(account, thing, whose, ends);
    if (refusal !== undefined) throw refusal;
  }
}

function mustCarryTags(account: Account, operation: string, { Tags = [] }: Input): void {
  if (whoseBy(account, marksIn(Tags as { Key: string; Value: string }[])).is !== 'ours')
    throw new BrokenError(`${operation}: it would make something without the project's tags, so it is not sent`);
}

/** Tags of what is ours may change; one that nobody marked may be given ours by adopting it, and only then. */
async function mayBeTagged(account: Account, operation: string, { ResourceArn, Tags = [] }: Input): Promise<void> {
  const arn = String(ResourceArn);
  const whose = whoseBy(account, await tagsFor(account, { kind: 'endpoint', arn }));
  if (whose.is === 'ours') return;
  const given = marksIn(Tags as { Key: string; Value: string }[]);
  const adopts = operation === 'AddTags' && arn.includes(':endpoint/') && given[adoptedTag] !== undefined;
  const ours = tagsOf(account).every(({ Key, Value }) => given[Key] === Value);
  if (whose.is === 'unmarked' && adopts && ours) return;
  throw refusalOf(account, { kind: 'endpoint', name: arn.slice(arn.lastIndexOf('/') + 1) }, whose);
}

/** S3 takes a bucket's rules only all at once: each that is not ours has to be among them. */
async function mustKeepRules(account: Account, { LifecycleConfiguration }: Input): Promise<void> {
  const { Rules = [] } = (LifecycleConfiguration ?? {}) as { Rules?: LifecycleRule[] };
  for (const { ID } of await othersRules(account))
    if (!Rules.some((rule) => rule.ID === ID))
      throw new RefusedError(`lifecycle rule ${ID}: it is not this project's and is left as it is`);
}
