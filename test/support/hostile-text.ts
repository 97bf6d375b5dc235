import assert from 'node:assert/strict';

/** What a name of another may hold: titles and colours for a terminal, lines that read as ours, another order of reading. */
export const hostile =
  '\u001b]0;owned\u0007\u001b[2J\u001b[32m\n# FORGED verdict pass\r\nFORGED\u2028FORGED\u0085FORGED\u000bFORGED\u202e\u2066\u009b2J';

/** Steers a terminal, or turns the order of what is read around; a line break and a tab do not. */
const steering =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|\r(?!\n)/u;

/** Nothing of `hostile` reaches a terminal, and nothing in it begins a line: names stand behind words of their own. */
export function assertHarmless(printed: string, said: string): void {
  const found = steering.exec(printed);
  if (found) assert.fail(`${said}: ${JSON.stringify(printed.slice(Math.max(0, found.index - 60), found.index + 20))}`);
  const forged = printed.split('\n').find((line) => /^[\s\W]*FORGED/.test(line));
  assert.equal(forged, undefined, `${said}: a name begins the line`);
}

/** Which texts of a document are words for people or names; what leads to other documents stays, so that it still leads there. */
const named =
  /^(reason|reasons|why|who|by|owner|what|text|title|note|notes|message|summary|detail|outcome|action|column|slice|feature|rule|description)$/;

/** A document with `hostile` behind every text that is a sentence or has the key of one. */
export function poisoned(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return named.test(key) || value.includes(' ') ? `${value}${hostile}` : value;
  if (Array.isArray(value)) return value.map((one) => poisoned(one, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, own]) => [name, poisoned(own, name)]));
}
