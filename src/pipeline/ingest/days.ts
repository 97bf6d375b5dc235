import { InputError } from '../../common/errors.js';
import type { Archive, Member } from '../../data/zip/member.js';

export interface Day {
  day: string;
  zip: string;
  member: Member;
}

/** The day of a daily CSV file's name: `…/2013-04-10.csv`. Hidden files and other tools' folders have none. */
export function dayOf(name: string): string | undefined {
  if (name.split('/').includes('__MACOSX')) return undefined;
  const [, day] = /(?:^|\/)([0-9]{4}-[0-9]{2}-[0-9]{2})\.csv$/i.exec(name) ?? [];
  return day !== undefined && new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day) ? day : undefined;
}

/**
 * The days of all zips, in order. A day that stands in two places with the same bytes is taken once; with other
 * bytes it is refused, naming both: which one is right is not ours to guess.
 */
export function daysOf(archives: { zip: string; archive: Archive }[]): Day[] {
  const days = new Map<string, Day>();
  for (const { zip, archive } of archives) {
    for (const member of archive.members) {
      const day = dayOf(member.name);
      if (day === undefined) continue;
      const other = days.get(day);
      if (other && (other.member.crc32 !== member.crc32 || other.member.size !== member.size)) {
        const [one, two] = [`${other.zip} (${other.member.name})`, `${zip} (${member.name})`];
        throw new InputError(`${day}: found other rows in ${one} than in ${two}, expected every day once`);
      }
      days.set(day, other ?? { day, zip, member });
    }
  }
  return [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
}
