import { InputError } from './errors.js';

const dayOnly = /^\d{4}-\d{2}-\d{2}$/;

/**
 * A date that somebody typed. A day stays a day: it counts to its end, in UTC.
 * @throws InputError naming the option
 */
export function dateFlag(option: string, text: string): string {
  if (!isDate(text)) throw new InputError(`${option}: found "${text}", expected a date such as 2026-12-01`);
  return dayOnly.test(text) ? text : new Date(text).toISOString();
}

/** Whether it is a day or a moment that the calendar has. */
export function isDate(text: string): boolean {
  return !Number.isNaN(Date.parse(text)) && inCalendar(text);
}

export function endOfDay(date: string): string {
  return dayOnly.test(date) ? `${date}T23:59:59.999Z` : date;
}

export function startOfDay(date: string): string {
  return dayOnly.test(date) ? `${date}T00:00:00.000Z` : date;
}

/** JavaScript itself takes the 31st of February for the 3rd of March. */
function inCalendar(text: string): boolean {
  const day = /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0];
  return day === undefined || new Date(day).toISOString().startsWith(day);
}
