import type { Session } from '../../data/duckdb/session.js';
import { identifier, literal, literals, parquetFiles } from '../../data/duckdb/sql.js';
import { sha256OfFile } from '../../common/hash.js';
import type { Batch } from '../../documents/batch.js';
import { keys } from '../../documents/keys.js';
import type { StageInput } from '../../documents/run.js';
import { isNumbered } from './is-numbered.js';
import type { ProjectFile } from '../../project/schema.js';
import { featureTable } from '../features/table.js';
import type { StageContext } from '../stage.js';
import { rowsAgain, type EarlierRows } from './rows-again.js';
import { listBatches } from './stored-batches.js';

export interface AcceptedRows {
  batch: Batch;
  /** On this machine. */
  file: string;
}

/** The rows of all batches that a person let join, or the project by its rule. */
export async function acceptedRows({
  environment,
  signal,
}: Pick<StageContext, 'environment' | 'signal'>): Promise<AcceptedRows[]> {
  const accepted = (await listBatches(environment)).filter((batch) => batch.accepted !== null);
  return Promise.all(
    accepted.map(async (batch) => ({
      batch,
      file: await environment.objects.file(keys.batchRows(batch.id), { signal }),
    })),
  );
}

/** As inputs of a stage. */
export const acceptedInputs = async (context: StageContext): Promise<StageInput[]> =>
  Promise.all(
    (await acceptedRows(context)).map(async ({ batch, file }) => ({
      uri: keys.batchRows(batch.id),
      sha256: await sha256OfFile(file, context),
    })),
  );

/**
 * What the records of a batch are called beside those of the sources: entity and time name them everywhere; without a
 * time the same thing may come every month, and numbers of rows say nothing outside of their file.
 */
export const recordIdBeside = ({ features }: Pick<ProjectFile, 'features'>, { id, numbered }: Batch): string =>
  features.time === undefined || numbered ? `record_id || ${literal(`@${id}`)}` : 'record_id';

/**
 * Adds the rows of accepted batches to the feature table. A record that the sources have by now is theirs, and one that
 * an earlier batch brought joins once: files grow.
 * @returns what a person should know, a sentence each
 */
export async function addAccepted(
  session: Session,
  file: ProjectFile,
  accepted: readonly AcceptedRows[],
): Promise<{ notes: string[]; rows: number }> {
  const { split } = file.features;
  const notes: string[] = [];
  const earlier: EarlierRows[] = [{ relation: 'rows_of_sources', recordId: 'e.record_id' }];
  if (accepted.length > 0) await session.run(`CREATE TEMP TABLE rows_of_sources AS SELECT * FROM ${featureTable}`);
  let rows = 0;
  for (const { batch, file: parquet } of accepted) {
    const own = await session.describe(`SELECT * FROM ${featureTable}`);
    const found = (await session.describe(`SELECT * FROM ${parquetFiles([parquet])}`)).map(({ name }) => name);
    const lacks = own.map(({ name }) => name).filter((name) => !found.includes(name) && name !== markOf(split));
    if (lacks.length > 0)
      notes.push(
        `batch ${batch.id}: found no column ${lacks.join(', ')}, which features.sql makes now; judge its file again: --again`,
      );
    const shifted = batch.numbered && (await isNumbered(session, parquetFiles([parquet]), file.features.entity));
    const columns = own.flatMap(({ name, type }) => columnOf({ file, batch, shifted }, name, type, found));
    const select = `SELECT ${columns.join(', ')} FROM ${parquetFiles([parquet])}`;
    const id = recordIdBeside(file, batch);
    const names = ['record_id', file.features.entity, file.model.target, markOf(split)];
    const { again, outdated } = await rowsAgain(session, {
      ...{ relation: parquetFiles([parquet]), numbered: batch.numbered, target: file.model.target },
      // Where entity and time name a record everywhere, its name says all.
      earlier: id === 'record_id' ? [] : earlier,
      entity: own.find(({ name }) => name === file.features.entity)!,
      described: own.filter(({ name }) => found.includes(name) && !names.includes(name)),
    });
    await session.run(`DELETE FROM ${featureTable} WHERE record_id IN (${outdated})`);
    const [added] = await session.rows(
      `INSERT INTO ${featureTable} BY NAME ${select} WHERE record_id NOT IN (${again}) AND ${id} NOT IN (SELECT record_id FROM ${featureTable})`,
    );
    const count = Number(added?.Count ?? 0);
    rows += count;
    if (count < batch.rows)
      notes.push(
        `batch ${batch.id}: ${batch.rows - count} of its rows are in the sources or in earlier batches already`,
      );
    earlier.push({ relation: parquetFiles([parquet]), recordId: id.replace('record_id', 'e.record_id') });
  }
  return { notes, rows };
}

/** Whether what arrived joins the rows of production rather than those that teach. */
export const joinsProduction = ({ monitor }: ProjectFile): boolean =>
  typeof monitor.batches === 'object' && monitor.batches.train === 'half-when-labelled';

const markOf = (split: ProjectFile['features']['split']) => (split.by === 'column' ? split.column : undefined);

function columnOf(
  { file, batch, shifted }: { file: ProjectFile; batch: Batch; shifted: boolean },
  name: string,
  type: string,
  found: readonly string[],
): string[] {
  const { entity, split } = file.features;
  const as = `AS ${identifier(name)}`;
  if (name === 'record_id') return [`${recordIdBeside(file, batch)} ${as}`];
  // Numbers of rows go on behind those of the sources.
  if (name === entity && shifted)
    return [
      `(${identifier(name)}::BIGINT + (SELECT max(${identifier(name)}::BIGINT) FROM ${featureTable}))::${type} ${as}`,
    ];
  // What no part is named for joins the training rows, and what would only be judged: that is what was accepted. What an
  // endpoint was asked is production: half of it is learned from, and the other half says whether that was any good; so
  // is what arrived, where the project says so.
  if (split.by === 'column' && name === split.column) {
    const isProduction = batch.captured !== undefined || (batch.arrived === true && joinsProduction(file));
    const part = isProduction ? split.production[0] : split.train[0];
    const train = `${literal(part ?? 'train')}::${type}`;
    if (!found.includes(name) || isProduction) return [`${train} ${as}`];
    const kept = literals([...split.train, ...split.validation, ...split.test]);
    const own = identifier(name);
    return [`CASE WHEN list_contains(${kept}, ${own}::VARCHAR) THEN ${own}::${type} ELSE ${train} END ${as}`];
  }
  return found.includes(name) ? [`${identifier(name)}::${type} ${as}`] : [];
}
