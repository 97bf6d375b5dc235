/** What a shell takes for a name and nothing more, within quotes: profiles come from `mlops.json`, which others write. */
const plainName = /^[A-Za-z0-9_](?:[\w.@+ -]*[\w.@+-])?$/;

/** The command that signs in with a profile; undefined for one that must not be typed into a terminal. */
export function loginCommand(profile: string | undefined): string | undefined {
  if (profile === undefined) return 'aws sso login';
  if (!plainName.test(profile)) return undefined;
  // Double quotes: every shell knows them.
  return `aws sso login --profile ${profile.includes(' ') ? `"${profile}"` : profile}`;
}
