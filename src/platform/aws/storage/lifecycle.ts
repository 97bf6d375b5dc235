import type { GetBucketLifecycleConfigurationOutput, LifecycleRule as S3Rule } from '@aws-sdk/client-s3';
import type { LifecycleReader, LifecycleRule, LifecycleWriter } from '../../ports/lifecycle.js';
import { causeOf } from '../account/explain.js';
import { bucketOf } from './objects.js';
import type { Account } from '../account/place.js';

/** Rules of the environment's bucket. A rule is the project's by what its id begins with: rules carry no tags. */
export function lifecycleReader(account: Account): LifecycleReader {
  const idPrefix = idPrefixOf(account);
  return {
    idPrefix,
    async read({ signal } = {}) {
      const { Rules = [] } = await configurationOf(account, signal);
      const ours = Rules.filter((rule) => isOurs(rule, idPrefix));
      // One that somebody switched off does nothing, so it counts as not there and is made again.
      const working = ours.filter(({ Status }) => Status === 'Enabled');
      return { ours: working.map(ruleOf), others: Rules.length - ours.length };
    },
  };
}

export function lifecycleWriter(account: Account): LifecycleWriter {
  return {
    async put(rules, { signal } = {}) {
      const s3 = await account.clients.s3();
      const Bucket = bucketOf(account);
      // S3 takes the rules of a bucket only all at once: those of others go back as they came.
      const before = await configurationOf(account, signal);
      const others = notOurs(account, before);
      const Rules = [...others.map(withFilter), ...rules.map(requestOf)];
      if (Rules.length === 0) {
        if (before.Rules !== undefined) await s3.deleteBucketLifecycle({ Bucket }, { abortSignal: signal });
        return;
      }
      const { TransitionDefaultMinimumObjectSize } = before;
      const request = { Bucket, LifecycleConfiguration: { Rules }, TransitionDefaultMinimumObjectSize };
      await s3.putBucketLifecycleConfiguration(request, { abortSignal: signal });
    },
  };
}

/** The rules of the bucket that this project did not make. */
export async function othersRules(account: Account): Promise<S3Rule[]> {
  return notOurs(account, await configurationOf(account));
}

function notOurs(account: Account, { Rules = [] }: GetBucketLifecycleConfigurationOutput): S3Rule[] {
  return Rules.filter((rule) => !isOurs(rule, idPrefixOf(account)));
}

function idPrefixOf({ project, settings }: Account): string {
  return `mlops:${project.file.name}:${settings.name}:`;
}

/** A bucket without rules is no error. */
async function configurationOf(account: Account, signal?: AbortSignal): Promise<GetBucketLifecycleConfigurationOutput> {
  const s3 = await account.clients.s3();
  const request = { Bucket: bucketOf(account) };
  try {
    return await s3.getBucketLifecycleConfiguration(request, { abortSignal: signal });
  } catch (error) {
    if (causeOf(error).name === 'NoSuchLifecycleConfiguration') return {};
    throw error;
  }
}

function isOurs({ ID = '' }: S3Rule, idPrefix: string): boolean {
  return ID.startsWith(idPrefix);
}

function ruleOf({ ID = '', Filter, Expiration, NoncurrentVersionExpiration }: S3Rule): LifecycleRule {
  return {
    id: ID,
    prefix: Filter?.Prefix ?? '',
    expireDays: Expiration?.Days,
    noncurrentDays: NoncurrentVersionExpiration?.NoncurrentDays,
  };
}

function requestOf({ id, prefix, expireDays, noncurrentDays }: LifecycleRule): S3Rule {
  return {
    ID: id,
    Status: 'Enabled',
    Filter: { Prefix: prefix },
    Expiration: expireDays === undefined ? undefined : { Days: expireDays },
    NoncurrentVersionExpiration: noncurrentDays === undefined ? undefined : { NoncurrentDays: noncurrentDays },
  };
}

/** The older way to say where a rule holds means the same, and S3 refuses it beside the newer one. */
function withFilter(rule: S3Rule): S3Rule {
  if (rule.Filter !== undefined) return rule;
  const { Prefix, ...rest } = rule;
  return { ...rest, Filter: { Prefix: Prefix ?? '' } };
}
