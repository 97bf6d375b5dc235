import { oneOf } from '../common/nearest.js';

/** What drift is held against: the version's own training rows, or rows that the project names. */
export type Reference =
  | { kind: 'baseline' | 'previous' | 'season' }
  /** Moments as text, `until` the first that is no longer of it. */
  | { kind: 'period'; from: string; until: string; text: string };

const words = ['baseline', 'previous', 'season'] as const;
const form = '"baseline", "previous", "season", or a period such as "2025-01-01/2025-06-30"';

/** Reads `monitor.reference`; a period is two days, months or years with "/" between them, both of them part of it. */
export function readReference(text: string): Reference | { problem: string } {
  const word = words.find((one) => one === text);
  if (word !== undefined) return { kind: word };
  if (!text.includes('/'))
    return { problem: `found "${text}", expected ${oneOf(text, words)}, or a period: "2025-01-01/2025-06-30"` };
  const [from, to, ...more] = text.split('/').map(spanOf);
  if (from === undefined || to === undefined || more.length > 0)
    return { problem: `found "${text}", expected ${form}` };
  if (from.first >= to.after) return { problem: `found "${text}", which ends before it begins, expected ${form}` };
  return { kind: 'period', from: dayOf(from.first), until: dayOf(to.after), text };
}

/** The days of a day, a month or a year, as milliseconds: the first, and the first after it. */
function spanOf(text: string): { first: number; after: number } | undefined {
  const match = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text.trim());
  if (match === null) return undefined;
  const [year, month, day] = [match[1], match[2], match[3]].map((part) =>
    part === undefined ? undefined : Number(part),
  );
  const first = new Date(Date.UTC(year!, (month ?? 1) - 1, day ?? 1));
  // 30 February is no day.
  if (first.getUTCMonth() !== (month ?? 1) - 1 || first.getUTCDate() !== (day ?? 1)) return undefined;
  const after =
    month === undefined
      ? Date.UTC(year! + 1, 0, 1)
      : day === undefined
        ? Date.UTC(year!, month, 1)
        : Date.UTC(year!, month - 1, day + 1);
  return { first: first.getTime(), after };
}

const dayOf = (moment: number): string => new Date(moment).toISOString().slice(0, 10);
