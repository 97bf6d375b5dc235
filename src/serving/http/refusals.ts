/** Tells of requests that were refused. */
export type Refusals = (why: string) => void;

const everyMs = 60_000;
const mostKinds = 100;

/**
 * Each kind of refusal is logged when it is first seen, and how often it came again once a minute: who floods the
 * service does not fill the disk with its log.
 */
export function refusalLog(log: (text: string) => void, now: () => number = Date.now): Refusals {
  let began = now();
  let again = new Map<string, number>();
  return (why) => {
    if (now() - began >= everyMs) {
      for (const [kind, count] of again) if (count > 0) log(`refused ${count} more: ${kind}`);
      began = now();
      again = new Map();
    }
    const kind = plain(again.size < mostKinds || again.has(plain(why)) ? why : 'of other kinds');
    const count = again.get(kind);
    if (count === undefined) log(`refused: ${kind}`);
    again.set(kind, (count ?? -1) + 1);
  };
}

/** What a stranger sent stands in one line, and is not long. */
function plain(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '�').slice(0, 200);
}
