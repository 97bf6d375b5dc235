import { join } from 'node:path';
import { InputError, RefusedError, WrongInput } from '../../common/errors.js';
import { withSession, type Session } from '../../data/duckdb/session.js';
import { identifier, literal, parquetFiles } from '../../data/duckdb/sql.js';
import type { Batch } from '../../documents/batch.js';
import { keys } from '../../documents/keys.js';
import type { ProjectFile } from '../../project/schema.js';
import { labelSql } from '../features/label-sql.js';
import { foldersOf } from '../features/views.js';
import type { StageContext } from '../stage.js';
import { targetValues, type Label } from './label-values.js';
import { matchLabels, type LabelledRecord } from './match-labels.js';
import type { LabelFile } from './match-labels.js';
import { writeBatch } from './stored-batches.js';

/** What a file of labels does to a batch, before any of it is done. */
export interface PlannedLabels {
  batch: Batch;
  /** Records that have a label now and had none. */
  added: number;
  /** Records that had this label already. */
  same: number;
  /** Records that had another one. */
  replaced: number;
  /** Places in the file that belong to this batch. */
  places: Set<number>;
  /** Values of the target by record id. */
  values: Map<string, Label>;
  /** Records that had another one, which may not be replaced: a text each. */
  others: string[];
}

/** Whether a batch is not what it was. */
export const changesAny = ({ added, replaced }: PlannedLabels): boolean => added + replaced > 0;

/**
 * What the records of a batch get of the labels of a file; nothing is written. The batch's own labels stay unless they may
 * be replaced.
 * @returns undefined where no row of the file is one of the batch
 * @throws WrongInput for what is no label
 */
export async function planLabels(
  context: StageContext,
  batch: Batch,
  file: LabelFile,
  replace: boolean,
): Promise<PlannedLabels | undefined> {
  const { project, environment, scratch, signal } = context;
  const { entity, time } = project.file.features;
  const rows = await environment.objects.file(keys.batchRows(batch.id), { signal });
  return withSession({ folders: [scratch, ...foldersOf([rows])], signal }, async (session) => {
    const label = labelSql(project.file, await session.describe(`SELECT * FROM ${parquetFiles([rows])}`));
    const when = time === undefined ? 'NULL' : `replace(${identifier(time)}::VARCHAR, ' ', 'T')`;
    const records = await session.rows(
      `SELECT record_id::VARCHAR AS id, ${identifier(entity)}::VARCHAR AS entity, ${when} AS "time", ${label} AS label
        FROM ${parquetFiles([rows])}`,
    );
    const ids: LabelledRecord[] = records.map((row) => ({
      ...{ recordId: String(row.id), entity: String(row.entity), time: row.time === null ? null : String(row.time) },
    }));
    const { labels, places } = matchLabels(file, ids);
    if (labels.size === 0) return undefined;
    const values = await targetValues(context, batch, file, [...new Set(labels.values())]);
    const fresh = new Map([...labels].map(([id, label]) => [id, values.get(label)!]));
    const counts = { added: 0, same: 0, replaced: 0 };
    const others: string[] = [];
    for (const row of records) {
      const value = fresh.get(String(row.id));
      if (value === undefined) continue;
      if (row.label === null) counts.added += 1;
      else if (row.label === value) counts.same += 1;
      else if (replace) counts.replaced += 1;
      else others.push(`${String(row.id)} is ${String(row.label)} there and ${value} here`);
    }
    return { batch, ...counts, places, values: fresh, others };
  });
}

/**
 * Gives the records of a batch their labels. The batch tells of them before its rows have them: where the writing is cut
 * off between the two, the batch is seen to have labels that no verdict knows.
 */
export async function writeLabels(
  context: StageContext,
  { batch, values, added, same, replaced }: PlannedLabels,
  { name, sha256 }: { name: string; sha256: string },
): Promise<Batch> {
  const { project, environment, writers, scratch, signal, now } = context;
  const entry = { file: name, sha256, at: now.toISOString(), matched: added + replaced + same, replaced };
  const told = { ...batch, labels: [...batch.labels, entry] };
  await writeBatch(writers.objects, told);
  const rows = await environment.objects.file(keys.batchRows(batch.id), { signal });
  const merged = await withSession({ folders: [scratch, ...foldersOf([rows])], signal }, (session) =>
    mergedRows(session, rows, values, { scratch, file: project.file }),
  );
  await writers.objects.putFile(keys.batchRows(batch.id), merged, { signal });
  const changed = { ...told, labelled: batch.labelled + added };
  await writeBatch(writers.objects, changed);
  return changed;
}

/** @throws RefusedError where a record has another label already */
export function refuseOthers(file: LabelFile, { batch, others }: PlannedLabels): void {
  if (others.length === 0) return;
  throw new RefusedError(
    `${file.name}: found ${others.length} labels other than ${batch.name} has (${others[0]}${others.length > 1 ? ', …' : ''}); to take the new ones: --replace`,
  );
}

async function mergedRows(
  session: Session,
  rows: string,
  labels: ReadonlyMap<string, Label>,
  { scratch, file }: { scratch: string; file: ProjectFile },
): Promise<string> {
  const path = join(scratch, 'labelled-rows.parquet');
  const type = file.model.task === 'multiclass' ? 'VARCHAR' : 'DOUBLE';
  // The target may be called anything, "label" too.
  await session.run(`CREATE OR REPLACE TABLE fresh_labels ("row of a label" VARCHAR, "label of a row" ${type})`);
  const all = [...labels];
  for (let at = 0; at < all.length; at += 5000) {
    const values = all
      .slice(at, at + 5000)
      .map(([id, value]) => `(${literal(id)}, ${typeof value === 'number' ? value : literal(value)})`);
    await session.run(`INSERT INTO fresh_labels VALUES ${values.join(', ')}`);
  }
  const before = labelSql(file, await session.describe(`SELECT * FROM ${parquetFiles([rows])}`));
  await session.run(
    `COPY (SELECT r.* REPLACE (coalesce(l."label of a row", ${before}) AS ${identifier(file.model.target)})
      FROM ${parquetFiles([rows])} r LEFT JOIN fresh_labels l ON l."row of a label" = r.record_id::VARCHAR ORDER BY r.record_id)
      TO ${literal(path)} (FORMAT parquet)`,
  );
  return path;
}

/** What is said where no row of a file belongs to a batch. Of a thing that is there at another time, both times. */
export async function noneMatched(
  context: StageContext,
  file: LabelFile,
  batches: readonly Batch[],
): Promise<InputError> {
  const labelled = file.rows.find(({ label }) => label !== null);
  if (labelled === undefined)
    return new WrongInput({ file: file.name, found: `${file.rows.length} rows and no label`, expected: 'some' });
  const looked = batches.length > 3 ? `${batches.length} batches` : batches.map(({ name }) => name).join(', ');
  const { id, time } = labelled;
  const other = file.by === 'entity and time' ? await timeElsewhere(context, id, batches) : undefined;
  const at = time === null ? '' : ` at ${time}`;
  const found = `${file.name}: found ${file.rows.length} labels ("${id}"${at}, …), none of a row of ${looked}`;
  if (other === undefined) return new InputError(found);
  return new InputError(
    `${found}; "${id}" is there at ${other}: times with a zone are read as UTC, others as they stand`,
  );
}

/** When a batch has a thing, the newest first. */
async function timeElsewhere(
  { project, environment, scratch, signal }: StageContext,
  id: string,
  batches: readonly Batch[],
): Promise<string | undefined> {
  const { entity, time } = project.file.features;
  if (time === undefined) return undefined;
  for (const batch of [...batches].reverse()) {
    const rows = await environment.objects.file(keys.batchRows(batch.id), { signal });
    const [found] = await withSession({ folders: [scratch, ...foldersOf([rows])], signal }, (session) =>
      session.rows(
        `SELECT replace(max(${identifier(time)})::VARCHAR, ' ', 'T') AS at FROM ${parquetFiles([rows])} WHERE ${identifier(entity)}::VARCHAR = ${literal(id)}`,
      ),
    );
    if (typeof found?.at === 'string') return found.at;
  }
  return undefined;
}
