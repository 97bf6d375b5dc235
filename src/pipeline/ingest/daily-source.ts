import { rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { InputError } from '../../common/errors.js';
import type { CuratedManifest, CuratedPart } from '../../data/curated.js';
import { damageText } from '../../data/csv-damage.js';
import { csvToParquet } from '../../data/daily-csv.js';
import { sha256, sha256OfFile } from '../../common/hash.js';
import { type Session, withSession } from '../../data/duckdb/session.js';
import type { SourceFile } from '../../data/sources/sources.js';
import { checkTypes } from '../../data/types.js';
import { DamagedMember, extract, openArchive } from '../../data/zip/archive.js';
import type { Archive } from '../../data/zip/member.js';
import { keys } from '../../documents/keys.js';
import { everyItem } from '../../platform/ports/pages.js';
import type { Source } from '../../project/schema.js';
import type { StageContext } from '../stage.js';
import { type Day, daysOf } from './days.js';
import { isOurs } from '../shard.js';
import { writeManifest } from './manifest.js';
import { bringRaw, keepOnly } from './raw.js';

export interface DailyOutcome {
  landed: number;
  unchanged: number;
  damage: string[];
}

/** Enough for a day of hundreds of columns; beyond it DuckDB overflows to disk. */
const memoryLimit = '640MB';

/**
 * zips -> `raw/`, every day in them -> one Parquet file. Damaged days do not land, the others do. The manifest is
 * written after every day, so that an interrupted run goes on where it was.
 */
export async function ingestDays(
  context: StageContext,
  name: string,
  source: Source,
  files: (SourceFile & { identity: string })[],
  manifest: CuratedManifest,
): Promise<DailyOutcome> {
  const { environment, signal } = context;
  const archives: { zip: string; archive: Archive }[] = [];
  try {
    for (const file of files) {
      const key = keys.rawZip(name, file.name);
      await bringRaw(context, manifest, file, file.identity, key);
      const archive = await openArchive(await environment.objects.file(key, { signal }));
      archives.push({ zip: file.name, archive });
    }
    const damage = archives.flatMap(({ zip, archive }) =>
      archive.damage.map(({ member, text }) => `${zip}: ${member === undefined ? '' : `${member}, `}${text}`),
    );
    const { days, others, damage: undated } = await daysOf(archives, source);
    damage.push(...undated);
    if (others.length > 0)
      context.report.message('info', `source ${name}: no tables, passed over: ${others.join(', ')}`);
    if (days.length === 0 && damage.length === 0) {
      const zips = files.map((file) => file.name).join(', ');
      throw new InputError(`source ${name}: found no daily CSV in ${zips}, expected members such as 2013-04-10.csv`);
    }
    const ours = days.filter(({ day }) => isOurs(context.shard, keys.curated(name) + day));
    const landing = await landDays(context, name, source, ours, manifest);
    const outcome = { ...landing, damage: [...damage, ...landing.damage] };
    if (outcome.damage.length === 0) {
      keepOnly(manifest, files);
      await forgetOthers(context, name, source, days, manifest);
    }
    return outcome;
  } finally {
    for (const { archive } of archives) await archive.close();
  }
}

async function landDays(
  context: StageContext,
  name: string,
  source: Source,
  days: Day[],
  manifest: CuratedManifest,
): Promise<DailyOutcome> {
  const { environment, scratch, signal, report } = context;
  const fresh: Day[] = [];
  for (const day of days) {
    const known = manifest.parts[day.day];
    const same = known?.made === madeOf(day, source);
    const there = same ? await environment.objects.head(known.key, { signal }) : undefined;
    if (there?.size !== known?.size || there === undefined) fresh.push(day);
  }
  const outcome: DailyOutcome = { landed: 0, unchanged: days.length - fresh.length, damage: [] };
  const total = fresh.reduce((sum, day) => sum + day.member.size, 0);
  let done = 0;
  // A session a day: what one keeps for itself would grow with the days.
  const options = { folders: [scratch], memoryLimit, keepOrder: false, signal };
  await withSession(options, (session) => checkTypes(session, name, source.types));
  for await (const { day, csv, damage } of unpacked(fresh, scratch, signal)) {
    const landing = { name, source, manifest, day, csv };
    const wrong = damage ?? (await withSession(options, (session) => landDay(context, session, landing)));
    await rm(csv, { force: true });
    if (wrong === undefined) outcome.landed += 1;
    else outcome.damage.push(`${day.zip}: ${day.member.name}, ${wrong}`);
    report.progress('bytes', (done += day.member.size), total, `${name} ${day.day}`);
  }
  return outcome;
}

/** A day's content is known before it is unpacked: its checksum and size, and the types it is read with. */
const madeOf = ({ member }: Day, source: Source): string =>
  sha256(
    JSON.stringify([
      ...[member.crc32, member.size, source.types, source.nulls, source.decimal, source.partition],
      // What nobody said makes nothing anew.
      ...(source.encoding === 'utf-8' ? [] : [source.encoding]),
    ]),
  );

/** As many days are unpacked ahead of the one that is converted: unpacking has one thread a day, converting has all. */
const aheadOfConversion = 2;

/** Unpacks the next days while the one before is converted; few are ahead, so that disk use stays small. */
async function* unpacked(days: Day[], scratch: string, signal: AbortSignal) {
  const unpack = async (day: Day) => {
    const csv = join(scratch, `${day.day}.csv`);
    try {
      await extract(day.member, csv, signal);
      return { day, csv };
    } catch (error) {
      if (error instanceof DamagedMember) return { day, csv, damage: error.message };
      throw error;
    }
  };
  const waiting = [...days];
  const unpacking: ReturnType<typeof unpack>[] = [];
  const goAhead = () => {
    for (const day of waiting.splice(0, aheadOfConversion - unpacking.length)) {
      const one = unpack(day);
      // Awaited only when the days before are done: until then its failure is nobody's to handle.
      one.catch(() => undefined);
      unpacking.push(one);
    }
  };
  try {
    for (goAhead(); unpacking.length > 0;) {
      const current = await unpacking.shift()!;
      goAhead();
      yield current;
    }
  } finally {
    await Promise.allSettled(unpacking);
  }
}

interface Landing {
  name: string;
  source: Source;
  manifest: CuratedManifest;
  day: Day;
  csv: string;
}

/** Converts one unpacked day and lands it; returns what is wrong with it instead when it is damaged. */
async function landDay(context: StageContext, session: Session, landing: Landing): Promise<string | undefined> {
  const { name, source, manifest, day, csv } = landing;
  const { writers, signal, scratch } = context;
  const parquet = join(scratch, `${day.day}.parquet`);
  const partition = source.partition === undefined ? undefined : { column: source.partition, is: day.day, by: day.by };
  const converted = await csvToParquet(session, csv, parquet, {
    ...{ ...source, hidden: context.project.file.private, day: partition },
  });
  if (converted.damage) {
    await rm(parquet, { force: true });
    return damageText(converted.damage);
  }
  const file = `${basename(day.zip).replace(/\.zip$/i, '')}_${day.day.slice(-2)}.parquet`;
  const part: CuratedPart = {
    key: keys.curatedDay(name, day.day, file),
    made: madeOf(day, source),
    from: `${day.zip}: ${day.member.name}`,
    rows: converted.rows,
    size: (await stat(parquet)).size,
    sha256: await sha256OfFile(parquet, { signal }),
  };
  await writers.objects.putFile(part.key, parquet, { signal });
  manifest.parts[day.day] = part;
  await writeManifest(writers.objects, source, manifest, { signal });
  return undefined;
}

/** The table is what its sources hold: days of zips that are no longer among them go, their zips stay under `raw/`. */
async function forgetOthers(
  context: StageContext,
  name: string,
  source: Source,
  days: Day[],
  manifest: CuratedManifest,
): Promise<void> {
  const { environment, writers, signal, report } = context;
  const kept = new Set(days.map(({ day }) => day));
  const gone = Object.keys(manifest.parts).filter((day) => !kept.has(day));
  if (gone.length > 0) {
    const zips = [...new Set(gone.map((day) => manifest.parts[day]!.from.replace(/: .*/, '')))].join(', ');
    report.message('warning', `source ${name}: ${gone.length} days of ${zips} are no longer among its files, left out`);
  }
  for (const day of gone) delete manifest.parts[day];
  await writeManifest(writers.objects, source, manifest, { signal });
  const keysKept = new Set(Object.values(manifest.parts).map(({ key }) => key));
  const there = everyItem((page) => environment.objects.list(keys.curated(name), page), { signal });
  for await (const { key } of there) {
    if (key.endsWith('.parquet') && !keysKept.has(key)) await writers.objects.remove(key, { signal });
  }
}
