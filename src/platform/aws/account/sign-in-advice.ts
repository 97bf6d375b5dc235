import {
  BrokenError,
  InputError,
  ProjectFileError,
  SignInExpired,
  type WorkbenchError,
} from '../../../common/errors.js';
import { shellWord } from '../../../common/processes/shell-word.js';
import { projectFileName } from '../../../project/file-name.js';
import { placeName, type AwsSettings } from './settings.js';

/** Where keys came from: who renews them differs. */
export type KeySource = 'environment' | 'process' | 'other';

/** Credentials that were not found, as opposed to those that AWS refused. */
export function isSignIn(name: string): boolean {
  return name === 'CredentialsProviderError' || name === 'TokenProviderError';
}

/** What to do about keys past their time. Only those of a sign-in are renewed by signing in. */
export function keysExpired(settings: AwsSettings, keys: KeySource | undefined, cause: unknown): WorkbenchError {
  const because = { cause, place: placeName(settings) };
  const { profile } = settings;
  if (keys === 'environment')
    return new BrokenError(
      'the keys in the environment have expired; renew AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN',
      because,
    );
  if (keys === 'process')
    return new BrokenError(
      `the credential_process of profile ${profile ?? 'default'} gives keys that have expired; look at it in ~/.aws/config`,
      because,
    );
  return new SignInExpired(`the sign-in has expired; renew it with: ${loginCommand(profile)}`, profile, because);
}

export function loginCommand(profile: string | undefined): string {
  return profile === undefined ? 'aws sso login' : `aws sso login --profile ${shellWord(profile)}`;
}

/** What to set where nobody gave keys. `message` is the SDK's own. */
export function noKeys(settings: AwsSettings, message: string, cause: unknown): InputError {
  const { name, profile } = settings;
  const because = { cause, place: placeName(settings) };
  if (profile === undefined)
    return new ProjectFileError(
      `found no AWS credentials; set environments.${name}.profile in mlops.json, AWS_PROFILE, ` +
        'or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
      projectFileName,
      because,
    );
  const unknown = /could not (load|resolve|be found)|not found/i.test(message);
  const said = unknown ? 'the AWS files have no credentials for it' : message;
  return new InputError(
    `cannot sign in with profile ${shellWord(profile)}: ${said}; look at ~/.aws/config, or run: aws configure --profile ${shellWord(profile)}`,
    because,
  );
}
