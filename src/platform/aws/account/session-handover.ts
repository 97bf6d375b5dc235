import type { AwsCredentialIdentity } from '@smithy/types';
import * as z from 'zod';

/**
 * A process that runs apart from its window cannot ask for the code of an MFA device. The window, which asked, hands
 * over the session that came of it, by a variable that only that process sees; it ends as sessions do.
 */
const variable = 'MLOPS_AWS_SESSION';

const schema = z.object({
  profile: z.string().optional(),
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  sessionToken: z.string(),
  expiration: z.coerce.date(),
});

/** The variables for such a process. */
export function handOver(profile: string | undefined, session: AwsCredentialIdentity): Record<string, string> {
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = session;
  return { [variable]: JSON.stringify({ profile, accessKeyId, secretAccessKey, sessionToken, expiration }) };
}

/** The session of a profile that was handed over to this process; one of another profile is none. */
export function handedOver(profile: string | undefined): AwsCredentialIdentity | undefined {
  const text = process.env[variable];
  if (text === undefined) return undefined;
  const { profile: of, ...session } = schema.parse(JSON.parse(text));
  return of === profile ? session : undefined;
}
