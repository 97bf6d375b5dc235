import { dashboardMark, isDashboardOf } from '../../../project/names.js';
import { RefusedError } from '../../../common/errors.js';
import { readDashboard } from './dashboard-body.js';
import { isMissing } from '../account/explain.js';
import { findArn } from './find-arn.js';
import { whoseObject } from './object-ownership.js';
import { parseS3Address } from '../../../common/s3-address.js';
import type { Account } from '../account/place.js';
import { marksIn } from './tags.js';
import { adoptedRefusal, refusalOf, whoseBy, type Thing, type Whose } from './whose.js';

/** The one place that says whose a thing of an account is. undefined: there is none of that name. */
export async function whoseIs(account: Account, thing: Thing, signal?: AbortSignal): Promise<Whose | undefined> {
  const { kind, name } = thing;
  if (kind === 'object') {
    const { bucket, key } = parseS3Address(name)!;
    return (await whoseObject(account, { bucket, key }, signal))?.whose;
  }
  if (kind === 'dashboard') {
    const body = await readDashboard(account, name, signal);
    if (body === undefined) return undefined;
    return isDashboardOf(dashboardOwner(account), body) ? { is: 'ours', adopted: false } : { is: 'unmarked' };
  }
  const arn = await findArn(account, kind, name, signal);
  return arn === undefined ? undefined : whoseBy(account, await tagsFor(account, { kind, arn }, signal));
}

/** Of what is known to be there. */
export async function isOurs(account: Account, { arn }: { arn: string }, signal?: AbortSignal): Promise<boolean> {
  const kind = arn.includes(':alarm:') ? 'alarm' : 'endpoint';
  return whoseBy(account, await tagsFor(account, { kind, arn }, signal)).is === 'ours';
}

/**
 * What lacks the project's and the environment's mark is read, never written; what is not there may be made.
 * `ends`: it is to be stopped or deleted, which also spares what others made and a person handed over.
 * @throws RefusedError saying whose it is and the deed that helps
 */
export async function mustBeOurs(
  account: Account,
  thing: Thing,
  { ends = false, signal }: { ends?: boolean; signal?: AbortSignal } = {},
): Promise<void> {
  const refusal = whyNot(account, thing, await whoseIs(account, thing, signal), ends);
  if (refusal !== undefined) throw refusal;
}

/** Why it may not be written; undefined when it may. */
export function whyNot(
  account: Account,
  thing: Thing,
  whose: Whose | undefined,
  ends = false,
): RefusedError | undefined {
  if (whose === undefined) return undefined;
  if (whose.is === 'ours') return whose.adopted && ends ? adoptedRefusal(thing) : undefined;
  if (thing.kind !== 'dashboard') return refusalOf(account, thing, whose);
  return new RefusedError(
    `dashboard ${thing.name} is there and does not say "${dashboardMark(dashboardOwner(account))}", so it may be somebody ` +
      "else's and is left as it is; rename it in CloudWatch, or put these words into a text widget of it to hand it over",
  );
}

function dashboardOwner({ project, settings }: Account) {
  return { project: project.file.name, environment: settings.name, region: settings.region ?? '' };
}

export async function tagsFor(
  { clients }: Account,
  { kind, arn }: { kind: Thing['kind']; arn: string },
  abortSignal?: AbortSignal,
): Promise<Record<string, string>> {
  try {
    if (kind === 'alarm') {
      const cloudwatch = await clients.cloudwatch();
      return marksIn((await cloudwatch.listTagsForResource({ ResourceARN: arn }, { abortSignal })).Tags ?? []);
    }
    const sagemaker = await clients.sagemaker();
    // A version has the tags of its group and none of its own.
    const tagged = arn.replace(/:model-package\/(.+)\/\d+$/, ':model-package-group/$1');
    const tags: { Key?: string; Value?: string }[] = [];
    let NextToken: string | undefined;
    do {
      const page = await sagemaker.listTags({ ResourceArn: tagged, NextToken }, { abortSignal });
      tags.push(...(page.Tags ?? []));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return marksIn(tags);
  } catch (error) {
    if (isMissing(error)) return {};
    throw error;
  }
}
