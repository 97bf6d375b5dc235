import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { InputError, NoSuchObject } from '../../common/errors.js';
import { oneOf } from '../../common/nearest.js';
import { readSlice } from '../../project/rules/slice.js';
import { withSession, type Session } from '../../data/duckdb/session.js';
import { identifier, literal } from '../../data/duckdb/sql.js';
import type { MonitoredRows } from '../../documents/monitored-rows.js';
import { monitoringResultsSchema, type MonitoringResults } from '../../documents/monitoring.js';
import { recognise } from '../../documents/recognise.js';
import type { Environment } from '../../platform/ports/environment.js';
import { onlyForeign } from '../foreign-runs.js';
import { newestResults, type ResultsAt } from '../stored-results.js';
import { featureName, rowColumns } from '../judging/monitored-rows.js';
import { readVersion } from '../evaluating/read-version.js';
import { rowContributions } from '../../models/explain/row-contributions.js';
import { rowsQuery, wrongOf } from './selection.js';

/** Results by their key, or the newest of the environment that are our own. */
export async function resultsAt(environment: Environment, key: string | undefined): Promise<ResultsAt> {
  if (key === undefined) {
    const newest = await newestResults(environment);
    if (newest !== undefined) return newest;
    const theirs = await onlyForeign(environment, environment.name, 'they keep no rows; run: mlops monitor');
    throw new InputError(
      theirs ?? `${environment.name}: found no monitoring results, expected some; run: mlops monitor`,
    );
  }
  const bytes = await environment.objects.read(key);
  const parsed = bytes === undefined ? undefined : parsedOf(Buffer.from(bytes).toString('utf8'));
  if (parsed) return { key, results: parsed };
  const theirs = bytes !== undefined && isForeign(Buffer.from(bytes).toString('utf8'));
  const why = theirs
    ? "they are another system's, which keeps no rows"
    : `found no monitoring results there in ${environment.name}`;
  throw new InputError(`${key}: ${why}`);
}

function isForeign(text: string): boolean {
  try {
    const { kind } = recognise(JSON.parse(text));
    return kind === 'foreign-results' || kind === 'foreign-answer';
  } catch {
    return false;
  }
}

function parsedOf(text: string): MonitoringResults | undefined {
  try {
    return monitoringResultsSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

export interface RowsWish {
  selection: string;
  limit: number;
  /** With what moved each row's score. */
  contributions: boolean;
  signal?: AbortSignal;
}

/**
 * The rows behind one figure of a verdict, from the table that the monitor run left beside its results.
 * @throws NoSuchObject when that run left none, InputError when it has no such figure
 */
export async function readRows(
  environment: Environment,
  { key, results }: ResultsAt,
  wish: RowsWish,
): Promise<MonitoredRows> {
  const rowsKey = posix.join(posix.dirname(key), 'rows.parquet');
  if ((await environment.objects.head(rowsKey, { signal: wish.signal })) === undefined) {
    throw new NoSuchObject(
      `${rowsKey}: found no rows beside these results; runs of older versions did not keep them; run: mlops monitor`,
      rowsKey,
    );
  }
  const file = await environment.objects.file(rowsKey, { signal: wish.signal });
  // What overflows goes to a folder of its own: reading leaves no trace in a bucket.
  const scratch = await mkdtemp(join(tmpdir(), 'mlops-rows-'));
  try {
    const folders = [scratch, dirname(file)];
    return await withSession({ folders, signal: wish.signal, threads: 2 }, (session) =>
      rowsIn(session, file, environment, { key, results }, wish),
    );
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** @throws InputError for a slice of a column that was not kept with the rows */
function checkSlice(selection: string, kept: string[]): void {
  const slice = selection.startsWith('slice:') ? readSlice(selection.slice('slice:'.length)) : undefined;
  if (slice === undefined || kept.includes(featureName(slice.column))) return;
  throw new InputError(`rows: found no column "${slice.column}" in these rows, expected ${oneOf(slice.column, kept)}`);
}

async function rowsIn(
  session: Session,
  file: string,
  environment: Environment,
  { key, results }: ResultsAt,
  wish: RowsWish,
): Promise<MonitoredRows> {
  const query = rowsQuery(wish.selection, results);
  const table = `read_parquet(${literal(file)})`;
  const columns = await session.describe(`SELECT * FROM ${table}`);
  checkSlice(
    wish.selection,
    columns.map(({ name }) => name),
  );
  const features = columns.map(({ name }) => name).filter((name) => !(rowColumns as readonly string[]).includes(name));
  const found = await session.rows(
    `SELECT *, ${wrongOf(results.task)} AS "wrong of row" FROM ${table} WHERE ${query.where} ORDER BY ${query.order} LIMIT ${wish.limit}`,
  );
  const [counted] = await session.rows(`SELECT count(*)::DOUBLE AS n FROM ${table} WHERE ${query.where}`);
  const rows = found.map((row) => ({
    record_id: String(row.record_id),
    time: row.time === null ? null : String(row.time),
    label: outcomeOf(row.label),
    score: numberOf(row.score),
    predicted: outcomeOf(row.predicted),
    wrong: numberOf(row['wrong of row']),
    values: features.map((name) => row[name] ?? null),
  }));
  const explained =
    wish.contributions && rows.length > 0 ? await explain(environment, results, session, table, rows) : undefined;
  return {
    kind: 'monitored-rows',
    schemaVersion: 1,
    results: key,
    modelVersion: results.modelVersion,
    selection: wish.selection,
    title: query.title,
    total: Number(counted?.n ?? 0),
    features,
    rows: rows.map((row, at) => (explained ? { ...row, contributions: explained[at]! } : row)),
  };
}

/** By the version that these results judged, whatever is served now. */
async function explain(
  environment: Environment,
  { modelVersion }: MonitoringResults,
  session: Session,
  table: string,
  rows: { record_id: string; predicted: number | string | null }[],
) {
  const { bundle } = await readVersion(environment, modelVersion);
  const picked = bundle.inputs.map(({ name }) => `${identifier(featureName(name))} AS ${identifier(`input ${name}`)}`);
  const ids = rows.map(({ record_id: id }) => literal(id)).join(', ');
  const found = await session.rows(`SELECT record_id, ${picked.join(', ')} FROM ${table} WHERE record_id IN (${ids})`);
  const byId = new Map(found.map((row) => [String(row.record_id), row]));
  const inputs = rows.map(({ record_id: id }) =>
    Object.fromEntries(bundle.inputs.map(({ name }) => [name, byId.get(id)?.[`input ${name}`] ?? null])),
  );
  return rowContributions(
    bundle,
    inputs,
    rows.map(({ predicted }) => predicted),
  );
}

const outcomeOf = (value: unknown): number | string | null => (typeof value === 'string' ? value : numberOf(value));

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
