import { partNames } from '../../common/parts.js';
import type { Session } from '../../data/duckdb/session.js';
import { identifier, literal, parquetFiles } from '../../data/duckdb/sql.js';
import { keys } from '../../documents/keys.js';
import type { Batch } from '../../documents/batch.js';
import { listBatches } from '../batches/stored-batches.js';
import { groupName } from '../evaluating/parts.js';
import { groupFiles, type RecordFiles } from '../features/read-groups.js';
import type { StageContext } from '../stage.js';

/** The rows of a batch. */
export async function rowsOfBatch({ environment, signal }: StageContext, { id }: Batch): Promise<RecordFiles> {
  const file = await environment.objects.file(keys.batchRows(id), { signal });
  return { files: [file], select: `SELECT * FROM ${parquetFiles([file])}` };
}

/** All rows that the project has seen, each record once: those of its feature groups and of its batches. */
export async function allRows(context: StageContext): Promise<RecordFiles> {
  const { environment, project, signal } = context;
  const found: RecordFiles[] = [];
  for (const part of partNames) {
    const name = groupName(project.file.name, part);
    if ((await environment.features.describe(name, { signal })) === undefined) continue;
    const group = await groupFiles(context, name);
    if (group.files.length > 0) found.push(group);
  }
  for (const batch of await listBatches(environment)) found.push(await rowsOfBatch(context, batch));
  const all = found.map(({ select }) => `(SELECT * FROM (${select}))`).join(' UNION ALL BY NAME ');
  return {
    files: found.flatMap(({ files }) => files),
    select: `SELECT * FROM (${all}) QUALIFY row_number() OVER (PARTITION BY record_id) = 1`,
  };
}

/** A row's time as a moment; null where it says none. */
const moment = (time: string) => `try_cast(${identifier(time)}::VARCHAR AS TIMESTAMP)`;

/** SELECT of the rows of a period, but for those that are judged: nothing is compared with itself. */
export const ofPeriod = (
  { all, judged, time }: { all: string; judged: string; time: string },
  { from, until }: { from: string; until: string },
): string =>
  `SELECT * FROM (${all}) WHERE ${moment(time)} >= ${literal(from)}::TIMESTAMP AND ${moment(time)} < ${literal(until)}::TIMESTAMP
    AND record_id::VARCHAR NOT IN (SELECT record_id::VARCHAR FROM (${judged}))`;

/** SELECT of the rows of the same months as those that are judged, of years before them. */
export const ofSeason = ({ all, judged, time }: { all: string; judged: string; time: string }): string =>
  `SELECT a.* FROM (${all}) a JOIN (SELECT month(${moment(time)}) AS season, min(year(${moment(time)})) AS first_year
    FROM (${judged}) WHERE ${moment(time)} IS NOT NULL GROUP BY ALL) j
    ON month(${moment(time)}) = j.season AND year(${moment(time)}) < j.first_year`;

/** How many rows there are, and which years and days they are of. */
export async function extentOf(
  session: Session,
  select: string,
  time: string | undefined,
): Promise<{ rows: number; from: string | null; to: string | null; years: string | null }> {
  const when = time === undefined ? 'NULL::TIMESTAMP' : moment(time);
  const [found] = await session.rows(
    `SELECT count(*)::DOUBLE AS rows, min(${when})::DATE::VARCHAR AS first, max(${when})::DATE::VARCHAR AS last,
      string_agg(DISTINCT year(${when})::VARCHAR, ', ' ORDER BY year(${when})::VARCHAR) AS years FROM (${select})`,
  );
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  return { rows: Number(found?.rows), from: text(found?.first), to: text(found?.last), years: text(found?.years) };
}
