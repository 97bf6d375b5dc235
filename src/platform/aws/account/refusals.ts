import { shellWord } from '../../../common/processes/shell-word.js';
import type { ServiceError } from './service-error.js';
import type { AwsSettings } from './settings.js';

/** Refusals that look like a missing right, and are none. Each answers what is wrong and what to do, or undefined. */

const skewed = new Set(['RequestTimeTooSkewed', 'RequestExpired', 'RequestInTheFuture']);

/** AWS takes no request whose time is minutes away from its own. */
export function clockAdvice(error: unknown): string | undefined {
  const { name = '', message = '', $response } = error as Partial<ServiceError>;
  const signed = /signature (expired|not yet current)/i.test(message);
  if (!skewed.has(name) && !signed) return undefined;
  const theirs = Date.parse($response?.headers?.date ?? '');
  const minutes = Math.round((Date.now() - theirs) / 60_000);
  const off =
    minutes === 0 || Number.isNaN(minutes) ? '' : ` (${Math.abs(minutes)} min ${minutes > 0 ? 'ahead' : 'behind'})`;
  return `this machine's clock differs from AWS's${off}; check its time and time zone`;
}

/** Objects in Glacier and in the deep tiers of Intelligent-Tiering are there, and cannot be read. */
export function archivedAdvice(error: unknown, input: unknown): string | undefined {
  const { name, StorageClass, AccessTier } = error as { name?: string; StorageClass?: string; AccessTier?: string };
  if (name !== 'InvalidObjectState') return undefined;
  const { Bucket = '', Key = '' } = input as { Bucket?: string; Key?: string };
  const tier = AccessTier ?? StorageClass;
  const restore = `aws s3api restore-object --bucket ${shellWord(Bucket)} --key ${shellWord(Key)} --restore-request Days=7`;
  return `the object is archived${tier ? ` (${tier})` : ''}; restore it first: ${restore}`;
}

/** A bucket or a signature of another region than the environment's. */
export function regionAdvice(error: unknown, { name, region }: AwsSettings): string | undefined {
  const { name: code = '', Region, message = '', $response } = error as Partial<ServiceError>;
  if (
    !['PermanentRedirect', 'AuthorizationHeaderMalformed', 'IllegalLocationConstraintException', '301'].includes(code)
  )
    return undefined;
  const theirs = Region ?? $response?.headers?.['x-amz-bucket-region'] ?? /expecting '([\w-]+)'/.exec(message)?.[1];
  return `it lies in region ${theirs ?? 'another than asked'}, the environment asks in ${region ?? 'none'}; set environments.${name}.region in mlops.json`;
}
