import {
  BrokenError,
  CancelledError,
  messageOf,
  MissingRight,
  NoSuchObject,
  ProjectFileError,
  WorkbenchError,
} from '../../../common/errors.js';
import { projectFileName } from '../../../project/file-name.js';
import { permissionFor, type Service } from './permissions.js';
import { archivedAdvice, clockAdvice, regionAdvice } from './refusals.js';
import type { ServiceError } from './service-error.js';
import { placeName, type AwsSettings } from './settings.js';
import { isSignIn, keysExpired, noKeys, type KeySource } from './sign-in-advice.js';

/** One call to a service, as a message about its failure needs it. */
export interface Call {
  service: Service;
  /** `ListObjectsV2`, … */
  operation: string;
  /** The operation's input: names what it was about. */
  input: unknown;
}

/** The SDK's own error behind one of ours. */
export function causeOf(error: unknown): ServiceError {
  return ((error as Error).cause ?? error) as ServiceError;
}

/** Whether the same call may succeed a little later: the network, an outage, too many calls. */
export function mayPass(error: unknown): boolean {
  const { name, code, $metadata, $retryable } = causeOf(error);
  const status = $metadata?.httpStatusCode ?? 0;
  return (
    status >= 500 ||
    status === 429 ||
    $retryable !== undefined ||
    name in networkReasons ||
    String(code) in networkReasons
  );
}

/**
 * What went wrong, in one line: where, with what, and what to do about it. The SDK's own error is the cause.
 * Input errors are what the user can set; everything else broke.
 * @param keys where the keys came from that the call was signed with
 */
export function explain(error: unknown, call: Call, settings: AwsSettings, keys?: KeySource): WorkbenchError {
  if (error instanceof WorkbenchError) return error;
  const { name = '', message = messageOf(error), $metadata, code } = error as Partial<ServiceError>;
  const because = { cause: error, place: placeName(settings) };
  const broken = (says: string) => new BrokenError(says, because);
  if (name === 'AbortError') return new CancelledError('cancelled', { cause: error });
  if (hasExpired(error)) return keysExpired(settings, keys, error);
  if (isSignIn(name)) return noKeys(settings, message, error);
  const about = `${call.operation}${resourceOf(call.input)}`;
  const clock = clockAdvice(error);
  if (clock !== undefined) return broken(`${about}: ${clock}`);
  if (refusedKeys.has(name)) return broken(`AWS does not accept these credentials (${name}: ${message})`);
  if (/region is missing/i.test(message)) return noRegion(settings, error);
  const archived = archivedAdvice(error, call.input);
  if (archived !== undefined) return broken(`${about}: ${archived}`);
  if (isRefusal(error)) {
    const action = neededFor(call, message);
    return new MissingRight(`not allowed: ${about}. It needs the IAM action ${action}`, action, because);
  }
  if (name === 'NoSuchBucket') {
    const bucket = bucketOf(call.input);
    return new NoSuchObject(`there is no bucket ${bucket}`, bucket, because);
  }
  const elsewhere = regionAdvice(error, settings);
  if (elsewhere !== undefined) return new ProjectFileError(`${about}: ${elsewhere}`, projectFileName, because);
  const unreachable = networkReasons[String(code)] ?? networkReasons[name];
  if (unreachable) {
    const host = settings.endpointUrl ?? 'AWS';
    const region = code === 'ENOTFOUND' && settings.region ? `; is there a region ${settings.region}?` : '';
    return broken(`cannot reach ${host} for ${about}: ${unreachable}${region}`);
  }
  if (name === 'SyntaxError' && message.includes('Deserialization error')) {
    const status = $metadata?.httpStatusCode === undefined ? '' : ` with status ${$metadata.httpStatusCode}`;
    return broken(
      `${about}: found an answer${status} that is not in AWS's format, expected one of AWS; is a proxy or a sign-in page in between?`,
    );
  }
  const request = $metadata?.requestId ? ` (request ${$metadata.requestId})` : '';
  return broken(`${about}: ${name}: ${message}${request}`);
}

/** Whether a call failed because what it asked for does not exist. Services say so in their own ways. */
export function isMissing(error: unknown): boolean {
  const { name, message } = causeOf(error);
  if (missingNames.has(name)) return true;
  const words = /could not find|cannot find|does not exist|not found/i;
  return (name === 'ValidationException' || name === 'ValidationError') && words.test(message);
}

const missingNames = new Set([
  'NoSuchKey',
  'NotFound',
  'ResourceNotFound',
  'ResourceNotFoundException',
  'DashboardNotFoundError',
]);

/** Whether AWS, or the sign-in itself, says that the credentials are past their time. */
export function hasExpired(error: unknown): boolean {
  const { name = '', message = '' } = error as Partial<ServiceError>;
  return (
    expired.test(name) || /(token|session).*expired|expired.*(token|session)/i.test(message) || mustLogIn.test(message)
  );
}

/** AWS often says itself what is missing, which may be another service's right: passing a role, a key. */
function neededFor({ service, operation }: Call, message: string): string {
  return /not authorized to perform: ([a-z0-9-]+:\w+)/i.exec(message)?.[1] ?? permissionFor(service, operation);
}

/** Whether AWS refuses because a right is missing: what has another reason is known by then. */
function isRefusal(error: unknown): boolean {
  const { name = '', $metadata } = error as Partial<ServiceError>;
  return denied.test(name) || $metadata?.httpStatusCode === 403;
}

export function noRegion({ name }: AwsSettings, cause?: unknown): ProjectFileError {
  return new ProjectFileError(
    `found no AWS region; set environments.${name}.region in mlops.json, AWS_REGION, or the profile's region`,
    projectFileName,
    { cause, place: `environment ${name}` },
  );
}

const denied = /^(AccessDenied(Exception)?|UnauthorizedOperation|AuthorizationError(Exception)?|Forbidden)$/;
const expired = /^(ExpiredToken(Exception)?|TokenRefreshRequired)$/;
/** A sign-in by IAM Identity Center that never was, was revoked, or cannot be renewed: the SDK's and the portal's words. */
const mustLogIn = /aws sso login|session token not found or invalid/i;
const refusedKeys = new Set([
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'UnrecognizedClientException',
  'SignatureDoesNotMatch',
  'InvalidSignatureException',
  'AuthFailure',
]);
const networkReasons: Record<string, string> = {
  ECONNREFUSED: 'nobody listens there',
  ENOTFOUND: 'its name is not known',
  EAI_AGAIN: 'its name cannot be looked up; is this machine online?',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  ETIMEDOUT: 'no answer in time',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no way to it; is this machine online?',
  TimeoutError: 'no answer in time',
};

function bucketOf(input: unknown): string {
  return String((input as { Bucket?: unknown }).Bucket);
}

/** ` s3://bucket/key`, ` name`: what a call was about, from the fields of its input. */
export function resourceOf(input: unknown): string {
  const fields = input as Record<string, unknown>;
  if (typeof fields.Bucket === 'string') {
    const key = fields.Key ?? fields.Prefix ?? '';
    return ` s3://${fields.Bucket}/${typeof key === 'string' ? key : ''}`;
  }
  const name = Object.entries(fields).find(
    ([key, value]) => /(Name|Arn|Namespace)$/.test(key) && typeof value === 'string',
  );
  return name ? ` ${String(name[1])}` : '';
}
