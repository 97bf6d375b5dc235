/** A word as a person can paste it into a shell: quoted where spaces or signs would be read as more than a name. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
