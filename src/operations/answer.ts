/** What `--json` prints: every document says what it is and of which form. */
export interface Answer {
  kind: string;
  schemaVersion: number;
}

/** A command's own answer, in its first form. */
export function answer<Kind extends string, Body extends object & { kind?: never; schemaVersion?: never }>(
  kind: Kind,
  body: Body,
) {
  return { kind, schemaVersion: 1 as const, ...body };
}
