import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where a sign-in comes from on this machine, as the standard variables name it. */
export function signInPlaces(variables: Record<string, string | undefined> = process.env) {
  const folder = join(homedir(), '.aws');
  return {
    files: [
      variables.AWS_CONFIG_FILE ?? join(folder, 'config'),
      variables.AWS_SHARED_CREDENTIALS_FILE ?? join(folder, 'credentials'),
    ],
    /** A sign-in by SSO leaves a new token here. */
    tokens: join(folder, 'sso', 'cache'),
  };
}
