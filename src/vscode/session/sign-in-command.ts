/** What a shell takes for a name and nothing more: profiles come from `mlops.json`, which others write. */
const plainName = '[A-Za-z0-9_][\\w.@+-]*';
const expired = new RegExp(`sign-in has expired; renew it with: (aws sso login(?: --profile ${plainName})?)$`);

/**
 * The command that a message about an expired sign-in names; undefined for any other message, and for a profile that
 * must not be typed into a terminal.
 */
export function signInCommand(message: string): string | undefined {
  return expired.exec(message)?.[1];
}

/** The command that signs in with a profile; undefined for one that must not be typed into a terminal. */
export function loginCommand(profile: string | undefined): string | undefined {
  if (profile === undefined) return 'aws sso login';
  return new RegExp(`^${plainName}$`).test(profile) ? `aws sso login --profile ${profile}` : undefined;
}
