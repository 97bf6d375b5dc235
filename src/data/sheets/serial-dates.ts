/** What the number in a cell means by its format: a day, a time of day or a length of time, or a number as any other. */
export type NumberKind = 'number' | 'date' | 'time';

/** Formats that every workbook has without saying so (ECMA-376, part 1, 18.8.30), also those of East Asian programs. */
const builtIn = (id: number): NumberKind => {
  if ((id >= 18 && id <= 21) || (id >= 45 && id <= 47)) return 'time';
  if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return 'date';
  return 'number';
};

/** The kind of a format by its number and, where the workbook defines it, its code: `dd\.mm\.yyyy hh:mm`. */
export function kindOfFormat(id: number, code: string | undefined): NumberKind {
  if (code === undefined) return builtIn(id);
  // Only the part for positive numbers counts; texts in quotes, single letters and colours or places mean nothing.
  const [positive = ''] = code
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(?!(?:h+|m+|s+)\])[^\]]*\]/gi, '')
    .split(';');
  if (/general/i.test(positive)) return 'number';
  const letters = positive.replace(/am\/pm|a\/p/gi, 'h');
  if (/[dy]|e(?![+-])|m{3,}/i.test(letters)) return 'date';
  if (/[hs]/i.test(letters) || /\[m+\]/i.test(letters)) return 'time';
  return /m/i.test(letters) ? 'date' : 'number';
}

const day = 86_400_000;
/** The last day of the year 9999, in days of either system. */
const lastDay = { 1900: 2_958_465, 1904: 2_957_003 };

/**
 * A serial number as a date, with its time where it has one: `2024-02-13`, `2024-02-13 10:30:00`; a time alone as
 * `10:30:00`. undefined for what is no day: the 29 February 1900 that the older system counts, one before the first, one
 * behind the last.
 */
export function dateOfSerial(serial: number, kind: 'date' | 'time', system: 1900 | 1904): string | undefined {
  if (kind === 'time') return timeText(Math.round(serial * day));
  const milliseconds = Math.round(serial * day);
  const days = Math.floor(milliseconds / day);
  if (!(days >= (system === 1900 ? 1 : 0)) || days > lastDay[system]) return undefined;
  if (system === 1900 && days === 60) return undefined;
  // The older system counts a day too many from March 1900 on.
  const first = system === 1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, days > 60 ? 30 : 31);
  const date = new Date(first + days * day).toISOString().slice(0, 10);
  const time = milliseconds - days * day;
  return time === 0 ? date : `${date} ${timeText(time)}`;
}

function timeText(milliseconds: number): string | undefined {
  if (!(milliseconds >= 0)) return undefined;
  const two = (value: number) => String(value).padStart(2, '0');
  const seconds = Math.floor(milliseconds / 1000);
  const rest = milliseconds % 1000;
  const fraction = rest === 0 ? '' : `.${String(rest).padStart(3, '0')}`;
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${fraction}`;
}
