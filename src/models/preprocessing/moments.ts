import type { DatePart } from './steps.js';

const dayMs = 86_400_000;
const written =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/**
 * A date or a moment as tables and requests write it, in milliseconds since 1970 in UTC: `2025-03-07`,
 * `2025-03-07 10:00:00`, `2025-03-07T10:00:00.5+02:00`. One without a zone is taken for UTC. NaN for anything else, and
 * for days that the calendar has not.
 */
export function momentOf(text: string): number {
  const found = written.exec(text.trim());
  if (found === null) return NaN;
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map((part) => Number(part ?? 0));
  if (hour! > 23 || minute! > 59 || second! > 59) return NaN;
  const date = new Date(Date.UTC(2000, month! - 1, day, hour, minute, second));
  // Date.UTC takes the years 0 to 99 for those of the last century.
  date.setUTCFullYear(year!, month! - 1, day);
  if (date.getUTCMonth() !== month! - 1 || date.getUTCDate() !== day!) return NaN;
  return date.getTime() + Number(`0.${found[7] ?? 0}`) * 1000 - offsetOf(found[8]);
}

function offsetOf(zone: string | undefined): number {
  if (zone === undefined || /^z$/i.test(zone)) return 0;
  const digits = zone.slice(1).replace(':', '');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2) || 0);
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}

/** One part of a moment in UTC; Monday is weekday 0. NaN for a moment that is none. */
export function partOf(moment: number, part: DatePart, reference: number): number {
  if (Number.isNaN(moment)) return NaN;
  const date = new Date(moment);
  switch (part) {
    case 'year':
      return date.getUTCFullYear();
    case 'month':
      return date.getUTCMonth() + 1;
    case 'day':
      return date.getUTCDate();
    case 'weekday':
      return (date.getUTCDay() + 6) % 7;
    case 'hour':
      return date.getUTCHours();
    case 'age':
      return (reference - moment) / dayMs;
  }
}
