import { endOfDay, isDate } from '../../common/dates.js';

/** "2026-12-01", so many days from now. */
export function dayFromNow(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** What is wrong with a day that somebody typed. */
export function problemOfDay(text: string): string | undefined {
  return isDate(text) ? undefined : 'A date such as 2026-12-01';
}

/** The same for one that has to lie ahead; a day counts to its end. */
export function problemOfDayToCome(text: string, now = new Date()): string | undefined {
  return problemOfDay(text) ?? (Date.parse(endOfDay(text)) > now.getTime() ? undefined : 'This is over: a day to come');
}
