import { basename } from 'node:path';
import { InputError } from '../../common/errors.js';
import { isTable } from '../../data/table-formats.js';
import type { Archive, Member } from '../../data/zip/member.js';
import type { Source } from '../../project/schema.js';
import { firstValue } from '../../data/zip/first-value.js';

export interface Day {
  day: string;
  zip: string;
  member: Member;
  /** What says that it is of that day; the rows must not say otherwise. */
  by: 'name' | 'first row';
}

export interface Days {
  days: Day[];
  /** Members that hold rows of no known day, a line each. */
  damage: string[];
  /** Members that are no tables. */
  others: string[];
}

const isDay = (text: string): boolean =>
  /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text);

/** The day of a daily CSV file's name: `…/2013-04-10.csv`. */
function dayOfName(name: string): string | undefined {
  const day = basename(name).replace(/\.csv$/i, '');
  return /\.csv$/i.test(name) && isDay(day) ? day : undefined;
}

/** Folders, hidden files and what macOS puts beside every file. */
const isNothing = (name: string): boolean =>
  name.endsWith('/') || name.split('/').some((part) => part === '__MACOSX' || part.startsWith('.'));

/**
 * The days of all zips, in order: by the members' names, else by the first row's value in the `partition` column. A day
 * that stands in two places with the same bytes is taken once; with other bytes it is refused, naming both: which one
 * is right is not ours to guess. No member is passed over without a word.
 */
export async function daysOf(
  archives: { zip: string; archive: Archive }[],
  { partition, encoding }: Pick<Source, 'partition' | 'encoding'>,
): Promise<Days> {
  const found: Days = { days: [], damage: [], others: [] };
  const days = new Map<string, Day>();
  for (const { zip, archive } of archives) {
    for (const member of archive.members.filter(({ name }) => !isNothing(name))) {
      const day = await dayOf(member, partition, encoding);
      const place = `${zip}: ${member.name}`;
      if (day !== undefined) addDay(days, { ...day, zip, member });
      else if (isTable(member.name))
        found.damage.push(`${place}, found rows of no known day, expected ${expectedFor(member.name, partition)}`);
      else found.others.push(place);
    }
  }
  return { ...found, days: [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1)) };
}

const expectedFor = (name: string, partition: string | undefined): string => {
  const named = 'a name such as 2013-04-10.csv';
  return partition === undefined || !/\.csv$/i.test(name)
    ? named
    : `${named}, or a day such as 2013-04-10 in column ${partition}`;
};

async function dayOf(
  member: Member,
  partition: string | undefined,
  encoding: Source['encoding'],
): Promise<Pick<Day, 'day' | 'by'> | undefined> {
  const named = dayOfName(member.name);
  if (named !== undefined) return { day: named, by: 'name' };
  if (partition === undefined || !/\.csv$/i.test(member.name)) return undefined;
  const day = (await firstValue(member, partition, encoding))?.slice(0, 10);
  return day !== undefined && isDay(day) ? { day, by: 'first row' } : undefined;
}

function addDay(days: Map<string, Day>, day: Day): void {
  const other = days.get(day.day);
  if (other && (other.member.crc32 !== day.member.crc32 || other.member.size !== day.member.size)) {
    const [one, two] = [`${other.zip} (${other.member.name})`, `${day.zip} (${day.member.name})`];
    throw new InputError(`${day.day}: found other rows in ${one} than in ${two}, expected every day once`);
  }
  days.set(day.day, other ?? day);
}
