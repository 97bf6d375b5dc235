/**
 * The command that a message about an expired sign-in names; undefined for any other message. A profile's name comes
 * from `mlops.json`, which others write: one that a shell could take for more than a name is not typed into a terminal.
 */
export function signInCommand(message: string): string | undefined {
  return /sign-in has expired; renew it with: (aws sso login(?: --profile [A-Za-z0-9_][\w.@+-]*)?)$/.exec(message)?.[1];
}
