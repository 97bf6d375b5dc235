import { join } from 'node:path';
import { DamagedFile } from '../../common/errors.js';
import { latestRecords } from '../../data/feature-group.js';
import { sha256OfFile } from '../../common/hash.js';
import type { Session } from '../../data/duckdb/session.js';
import { identifier, literal } from '../../data/duckdb/sql.js';
import type { StageOutput } from '../../documents/run.js';
import type { Environment } from '../../platform/ports/environment.js';
import type { FeatureDefinition } from '../../platform/ports/features.js';
import type { StageContext } from '../stage.js';

export interface Build {
  /** Of all records of this build, in unix seconds. */
  eventTime: number;
  columns: FeatureDefinition[];
}

/** Paths of a group's files; none when there is no such group yet. */
export async function filesOfGroup({ environment, signal }: StageContext, name: string): Promise<string[]> {
  const there = await isThere(environment, name, signal);
  return !there ? [] : environment.features.files(name, { signal });
}

/** A group whose definition is damaged is there: what it held counts for the next build, which defines it anew. */
async function isThere({ features }: Environment, name: string, signal: AbortSignal): Promise<boolean> {
  try {
    return (await features.describe(name, { signal })) !== undefined;
  } catch (error) {
    if (error instanceof DamagedFile) return true;
    throw error;
  }
}

/** An event time for a build that is later than that of every record there is, also when the clock stood still. */
export async function nextEventTime(session: Session, now: Date, files: string[]): Promise<number> {
  const seconds = now.getTime() / 1000;
  if (files.length === 0) return seconds;
  const [row] = await session.rows(
    `SELECT max(event_time)::DOUBLE AS latest FROM read_parquet([${files.map(literal).join(', ')}], union_by_name = true, hive_partitioning = false)`,
  );
  return Math.max(seconds, Number(row?.latest ?? 0) + 0.001);
}

/**
 * Writes a build of one group: all its records with the build's event time, and a deletion for every record that was
 * alive before and is no longer among them. Rows come sorted by record id, so that equal builds are equal files.
 */
export async function writeGroup(
  context: StageContext,
  session: Session,
  group: { name: string; rows: string; count: number; before: string[] },
  build: Build,
): Promise<StageOutput> {
  const { writers, scratch, signal, now } = context;
  const path = join(scratch, `${group.name}.parquet`);
  const columns = build.columns.map(({ name }) => identifier(name)).join(', ');
  const time = `${literal(now.toISOString())}::TIMESTAMPTZ::TIMESTAMP`;
  const stamped = (deleted: boolean) =>
    `${time} AS write_time, ${time} AS api_invocation_time, ${deleted} AS is_deleted`;
  const eventTime = `${build.eventTime}::DOUBLE AS event_time`;
  const living = `SELECT record_id, ${eventTime}, ${columns}, ${stamped(false)} FROM (${group.rows})`;
  const gone =
    group.before.length === 0
      ? ''
      : `UNION ALL BY NAME SELECT record_id, ${eventTime}, ${stamped(true)} FROM (${latestRecords(group.before)})
         WHERE record_id NOT IN (SELECT record_id FROM (${group.rows}))`;
  await session.run(
    `COPY (SELECT * FROM (${living} ${gone}) ORDER BY record_id) TO ${literal(path)} (FORMAT parquet, COMPRESSION snappy)`,
  );
  const sha256 = await sha256OfFile(path, { signal });
  await writers.features.define(
    {
      name: group.name,
      recordId: 'record_id',
      eventTime: 'event_time',
      features: [{ name: 'record_id', type: 'String' }, { name: 'event_time', type: 'Fractional' }, ...build.columns],
      rows: group.count,
      updatedAt: now.toISOString(),
    },
    { signal },
  );
  const uri = await writers.features.append(group.name, path, new Date(build.eventTime * 1000), { signal });
  return { uri, sha256, rows: group.count };
}
