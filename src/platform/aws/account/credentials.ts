import { statSync } from 'node:fs';
import type { AwsCredentialIdentity } from '@smithy/types';
import { hasExpired } from './explain.js';
import { handedOver, handOver } from './session-handover.js';
import { whyNoKeys } from './no-keys.js';
import type { AwsSettings } from './settings.js';
import { isSignIn, type KeySource } from './sign-in-advice.js';
import { signInPlaces } from './sign-in-places.js';

/** Asks the person at the keyboard for the code of an MFA device. */
export type AskMfa = (device: string) => Promise<string>;

export interface Credentials {
  (): Promise<AwsCredentialIdentity>;
  /** The SDK's own memory never looks again at credentials without an expiry; ours does. */
  memoized: true;
  /** Looks again at the next call, for AWS has refused what is known. */
  forget(): void;
  /** Variables for a process of ours that cannot ask a person: none where nobody had to be asked. */
  forProcess(): Promise<Record<string, string>>;
  /** Where the newest keys came from; undefined before there are any. */
  source(): KeySource | undefined;
}

/** Renewed this long before they expire, so that a long call does not outlive them. */
const marginMs = 5 * 60_000;

/**
 * The standard chain for one profile: environment, shared files (keys, SSO, roles with MFA, processes), web identity,
 * container and machine roles. What it gave is kept until it nears its end or a file that it may come from changes.
 */
export function credentialsOf(settings: AwsSettings, askMfa?: AskMfa): Credentials {
  const { profile, region, endpointUrl } = settings;
  let wasAsked = false;
  const ask: AskMfa | undefined =
    askMfa &&
    (async (device) => {
      const code = await askMfa(device);
      wasAsked = true;
      return code;
    });
  let source: KeySource | undefined;
  let kept: { stamp: string; found: Promise<AwsCredentialIdentity> } | undefined;

  const look = async (): Promise<AwsCredentialIdentity> => {
    const given = handedOver(profile);
    if (given && !nearsItsEnd(given)) return given;
    const sdk = await import('./sdk.js');
    const { fromNodeProviderChain } = await sdk.credentialProviders();
    const { getDefaultRoleAssumerWithWebIdentity } = await sdk.sts();
    // A region of ours must not replace the one in which a company's sign-in portal lies (`sso_region`).
    const { requestHandler } = await sdk.proxy();
    const handler = requestHandler({ connectionTimeout: 5_000, socketTimeout: 60_000 });
    const clientConfig = { endpoint: endpointUrl, requestHandler: handler };
    const parentClientConfig = { region, requestHandler: handler };
    // The SDK forgets the endpoint where a profile names a web identity.
    const place = { region, endpoint: endpointUrl, requestHandler: handler };
    const roleAssumerWithWebIdentity = getDefaultRoleAssumerWithWebIdentity(place);
    const asked = { profile, mfaCodeProvider: ask, roleAssumerWithWebIdentity, ignoreCache: true };
    const options = { ...asked, clientConfig, parentClientConfig, logger: quiet };
    return fromNodeProviderChain(options)().catch(async (error: unknown) => {
      if (hasExpired(error) || !isSignIn((error as Error).name)) throw error;
      const { fromProcess } = await sdk.credentialProviders();
      const { loadSharedConfigFiles } = await sdk.sharedFiles();
      const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true });
      const profiles: typeof configFile = {};
      for (const [name, section] of [...Object.entries(configFile), ...Object.entries(credentialsFile)])
        if (!name.startsWith('sso-session')) profiles[name] = { ...profiles[name], ...section };
      return whyNoKeys(settings, profiles, (name) => fromProcess({ profile: name, ignoreCache: true })(), error);
    });
  };
  const provide = async () => {
    const stamp = stampOfFiles();
    if (kept?.stamp === stamp) {
      const found = await kept.found;
      if (!nearsItsEnd(found)) return found;
    }
    const next = { stamp, found: look() };
    kept = next;
    next.found.then(
      (found) => (source = sourceOf(found)),
      () => {
        // A failure is no answer to keep: the next call looks again.
        if (kept === next) kept = undefined;
      },
    );
    return next.found;
  };
  return Object.assign(provide, {
    memoized: true as const,
    forget: () => void (kept = undefined),
    forProcess: async () => (wasAsked ? handOver(profile, await provide()) : {}),
    source: () => source,
  });
}

/** Which of several sources wins is documented; a warning at each sign-in would bury what a command has to say. */
const nothing = () => undefined;
const quiet = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

/** The SDK marks keys with where it found them, for its own statistics. */
function sourceOf({ $source = {} }: AwsCredentialIdentity & { $source?: object }): KeySource {
  if ('CREDENTIALS_ENV_VARS' in $source) return 'environment';
  return 'CREDENTIALS_PROCESS' in $source || 'CREDENTIALS_PROFILE_PROCESS' in $source ? 'process' : 'other';
}

function nearsItsEnd({ expiration }: AwsCredentialIdentity): boolean {
  return expiration !== undefined && expiration.getTime() - Date.now() < marginMs;
}

function stampOfFiles(): string {
  const { files, tokens } = signInPlaces();
  return [...files, tokens].map((path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0).join();
}
