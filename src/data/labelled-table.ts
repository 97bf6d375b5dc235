import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { InputError, WrongInput } from '../common/errors.js';
import { type Session, withSession } from './duckdb/session.js';
import { identifier, literal } from './duckdb/sql.js';
import { isCaptured } from './files/captured-table.js';
import type { Saying } from './files/saying.js';
import { filesOf, isGlob } from './sources/glob.js';
import { formatOf, isTable } from './table-formats.js';
import { readTable } from './tables.js';

/** By what a row or a request is called. */
export const idColumns = ['record_id', 'inference_id', 'inferenceId', 'event_id', 'eventId'];
/** What a label is called that is not called as the target is. */
export const labelColumns = ['label', 'ground_truth', 'groundTruth', 'actual'];

/** The table files of a place: a file, a pattern, or a folder with all below it. @throws InputError where there is none */
export async function tableFilesOf(place: string): Promise<string[]> {
  const found = await filesOf(place, process.cwd());
  if (found.length === 1 && found[0]!.endsWith(basename(place))) return found;
  const below = isGlob(place) ? found : await filesOf(join(place, '**'), process.cwd());
  const tables = below.filter(isTable);
  if (tables.length > 0) return tables;
  throw new InputError(`found no file at ${place}, expected a table, a pattern, or a folder of tables`);
}

/** Whether files are what was captured of an endpoint. */
export const areCaptured = async ([first]: readonly string[]): Promise<boolean> =>
  first !== undefined && formatOf(first) === 'jsonl' && (await isCaptured(first));

/** By which columns rows and labels are joined, and which is the label. */
interface Keys {
  label: string;
  keys: string[];
}

/**
 * Writes the rows of some table files as one Parquet file, with their labels where those lie in files of their own: by a
 * record's or request's id, else by entity and time.
 * @returns the label's column
 * @throws InputError saying which columns labels need; WrongInput for two labels of one row
 */
export async function writeLabelled(
  files: readonly string[],
  labels: { files: readonly string[]; label: string | undefined; others: readonly string[] } | undefined,
  out: string,
  reading: Omit<Saying, 'types'> = {},
): Promise<string | undefined> {
  const folders = [
    tmpdir(),
    dirname(out),
    ...new Set([...files, ...(labels?.files ?? [])].map((file) => dirname(file))),
  ];
  return withSession({ folders }, async (session) => {
    const rows = (await readTable(session, files, reading)).select;
    if (labels === undefined) {
      await session.run(`COPY (${rows}) TO ${literal(out)} (FORMAT parquet)`);
      return undefined;
    }
    const { select } = await readTable(session, labels.files, reading);
    const { label, keys } = await keysOf(session, rows, select, labels);
    await refuseTwice(session, select, keys, labels.files);
    const by = keys.map((name) => `r.${identifier(name)}::VARCHAR = l.${identifier(name)}::VARCHAR`).join(' AND ');
    const joined = `SELECT r.*, l.${identifier(label)} FROM (${rows}) r LEFT JOIN (${select}) l ON ${by}`;
    await session.run(`COPY (${joined}) TO ${literal(out)} (FORMAT parquet)`);
    return label;
  });
}

async function keysOf(
  session: Session,
  rows: string,
  labels: string,
  { label: asked, others }: { label: string | undefined; others: readonly string[] },
): Promise<Keys> {
  const names = async (select: string) => (await session.describe(select)).map(({ name }) => name);
  const [own, theirs] = [await names(rows), await names(labels)];
  const label = [asked, ...labelColumns].find((name) => name !== undefined && theirs.includes(name));
  const shared = (name: string) => own.includes(name) && theirs.includes(name);
  const id = idColumns.find(shared);
  const keys = id === undefined ? others.filter(shared) : [id];
  if (label === undefined || keys.length === 0)
    throw new InputError(
      `--labels: found the columns ${theirs.join(', ')}, expected ${label === undefined ? (asked ?? 'label') : `one of ${[...idColumns, ...others].join(', ')}, which the predictions have too`}`,
    );
  if (own.includes(label))
    throw new InputError(`--labels: found the column ${label} in both, expected it in one: leave out --labels`);
  return { label, keys };
}

async function refuseTwice(session: Session, labels: string, keys: string[], files: readonly string[]): Promise<void> {
  const columns = keys.map(identifier).join(', ');
  const [twice] = await session.rows(
    `SELECT concat_ws(', ', ${columns}) AS id FROM (${labels}) GROUP BY ${columns} HAVING count(*) > 1 LIMIT 1`,
  );
  if (twice === undefined) return;
  const file = files.map((path) => basename(path)).join(', ');
  throw new WrongInput({ file, found: `${String(twice.id)} twice`, expected: 'one label a row' });
}
