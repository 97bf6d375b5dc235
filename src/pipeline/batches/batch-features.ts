import { basename, join } from 'node:path';
import { InputError } from '../../common/errors.js';
import { withSession, type Session } from '../../data/duckdb/session.js';
import { identifier, literal, parquetFiles } from '../../data/duckdb/sql.js';
import { runUserSql } from '../../data/duckdb/user-sql.js';
import { readTable } from '../../data/tables.js';
import type { Batch } from '../../documents/batch.js';
import { keepFitting } from '../features/expectations.js';
import { labelSql } from '../features/label-sql.js';
import { pseudonymKey } from '../features/privacy.js';
import { featureRows, featureTable, makeRecords } from '../features/table.js';
import { foldersOf } from '../features/views.js';
import { featuresOrigin } from '../../project/commands.js';
import { featuresByProgram } from '../program/features-by-program.js';
import type { StageContext } from '../stage.js';
import { isNumbered } from './is-numbered.js';
import { batchSources } from './batch-sources.js';
import { fittedTo, type Column, type Exact } from './column-kinds.js';
import { featureColumns } from './form.js';
import type { Form, GivenBatch } from './given-batch.js';
import { absentColumns } from './needed-columns.js';

export interface MadeBatch extends Pick<Batch, 'rows' | 'labelled' | 'window' | 'numbered' | 'notes'> {
  /** A Parquet file in the scratch folder: `record_id`, entity, time, features, target. */
  path: string;
}

interface Question {
  id: string;
  as: Form;
  files: Batch['files'];
  /** Of the files, on this machine. */
  paths: readonly string[];
  /** What they leave open, where they have the features. */
  reading: GivenBatch['reading'];
}

const memoryLimit = '640MB';
/** So many rows are enough to find out what the SQL needs. */
const enough = 2000;

/** Makes the records of a batch. @throws InputError naming what it lacks */
export function featuresOfBatch(context: StageContext, question: Question): Promise<MadeBatch> {
  return question.as === 'features' ? taken(context, question) : made(context, question);
}

/** A file that has the features: only their kinds are looked at. */
async function taken(context: StageContext, { paths, reading }: Question): Promise<MadeBatch> {
  const { project, scratch, signal } = context;
  const { target, task } = project.file.model;
  const file = paths.map((path) => basename(path)).join(', ');
  const expected = await groupColumns(context);
  return withSession({ folders: [scratch, ...foldersOf([...paths])], memoryLimit, signal }, async (session) => {
    const { select } = await readTable(session, [...paths], { ...reading });
    await session.run(`CREATE TABLE given AS ${select}`);
    const fitted = await fittedTo(session, 'given', expected, exactIn(context, file));
    const found = await session.describe(fitted.select);
    const features = await featureColumns(context);
    const has = (name: string) => found.some((column) => column.name === name);
    refuseMissing(
      file,
      features.filter((name) => !has(name)),
      'the columns of the feature groups',
    );
    const known = new Set([...features, target, 'record_id', ...stored]);
    const extra = found.map(({ name }) => name).filter((name) => !known.has(name));
    const kept = found
      .map(({ name }) => name)
      .filter((name) => stored.includes(name))
      .map(identifier);
    const type = task === 'multiclass' ? 'VARCHAR' : 'DOUBLE';
    const label = has(target) ? '' : `, CAST(NULL AS ${type}) AS ${identifier(target)}`;
    const without = kept.length === 0 ? '' : ` EXCLUDE (${kept.join(', ')})`;
    await session.run(`CREATE TABLE ${featureRows} AS SELECT *${without}${label} FROM (${fitted.select})`);
    return records(context, session, file, [...fitted.notes, ...extraNote(extra)]);
  });
}

const exactIn = ({ project: { file } }: StageContext, name: string): Exact => ({
  file: name,
  columns: [file.features.entity, file.features.time, file.model.target],
  hidden: file.private,
});

/** Columns that an export of a feature group has beside its records. */
const stored = ['event_time', 'write_time', 'api_invocation_time', 'is_deleted'];

async function groupColumns({ project, environment, signal }: StageContext): Promise<Column[]> {
  const group = await environment.features.describe(`${project.file.name}-train`, { signal });
  const types = { Integral: 'BIGINT', Fractional: 'DOUBLE', String: 'VARCHAR' };
  const { time, entity } = project.file.features;
  return (group?.features ?? [])
    .filter(({ name }) => name !== time && name !== entity)
    .map(({ name, type }) => ({ name, type: types[type] }));
}

/** Through features.sql, or the project's program, in place of the sources that the files stand for. */
async function made(context: StageContext, { id, files }: Question): Promise<MadeBatch> {
  const { project, signal } = context;
  const { sql, command } = project.file.features;
  const file = featuresOrigin(project.file);
  const { target } = project.file.model;
  const name = files.map(({ uri }) => basename(uri)).join(', ');
  const { sources, folders, views } = await batchSources(context, { id, files });
  const notes: string[] = [];
  const absent: Column[] = [];
  await withSession({ folders, signal }, async (session) => {
    for (const { files: own, replaced } of sources) {
      if (replaced === undefined) continue;
      const relation = parquetFiles(own);
      const found = await session.describe(`SELECT * FROM ${relation}`);
      const lower = (columns: readonly Column[]) => new Set(columns.map((column) => column.name.toLowerCase()));
      const [there, wanted] = [lower(found), lower(replaced.expected)];
      absent.push(...replaced.expected.filter((column) => !there.has(column.name.toLowerCase())));
      if (wanted.size > 0)
        notes.push(...extraNote(found.map((column) => column.name).filter((one) => !wanted.has(one.toLowerCase()))));
      notes.push(...(await fittedTo(session, relation, replaced.expected, exactIn(context, name))).notes);
    }
  });
  // What a program needs is not found out by running it over and over: all but the target.
  const { needed, ofTarget } =
    command === undefined
      ? await absentColumns({ project, folders, views: views(enough), absent, signal })
      : { needed: absent.map((column) => column.name), ofTarget: [] };
  const labels = ofTarget.length > 0 || absent.some((column) => column.name === target);
  const missing = needed.filter((column) => column !== target);
  refuseMissing(name, missing, `what ${file} reads`);
  const add = absent
    .filter((column) => !missing.includes(column.name))
    .map((column) => ({ name: column.name, sql: `CAST(NULL AS ${column.type})` }));
  return withSession({ folders, memoryLimit, signal }, async (session) => {
    await views()(session, add);
    for (const { curated } of sources) {
      const aside = await keepFitting(session, { ...curated, hidden: project.file.private });
      if (aside !== undefined) notes.push(aside.note);
    }
    if (command === undefined) await runUserSql(session, sql, project.sql[sql] ?? '', featureRows);
    else await featuresByProgram(context, session, command);
    for (const source of sources)
      if (source.replaced?.expected.some((column) => column.name === target) === true)
        notes.push(...(await unreadLabels(session, source.curated.name, target, name, file)));
    if (labels) await session.run(`UPDATE ${featureRows} SET ${identifier(target)} = NULL`);
    return records(context, session, name, notes);
  });
}

/** Labels of which the SQL makes nothing: spelt otherwise than those of training. @throws InputError where none is read */
async function unreadLabels(
  session: Session,
  source: string,
  target: string,
  name: string,
  sql: string,
): Promise<string[]> {
  const column = identifier(target);
  const [counts] = await session.rows(
    `SELECT (SELECT count(${column}) FROM ${identifier(source)})::DOUBLE AS given, (SELECT min(${column}::VARCHAR) FROM ${identifier(source)}) AS example,
      count(${column})::DOUBLE AS read, (count(*) = (SELECT count(*) FROM ${identifier(source)})) AS whole FROM ${featureRows}`,
  );
  const [given, read] = [Number(counts?.given), Number(counts?.read)];
  if (counts?.whole !== true || given <= read) return [];
  const found = `${given - read} of ${given} labels in column ${target} of which ${sql} makes none`;
  if (read > 0) return [`${found}: they count as missing`];
  throw new InputError(`${name}: found ${found} ("${String(counts.example)}"), expected labels spelt as in training`);
}

function refuseMissing(file: string, missing: readonly string[], expected: string): void {
  if (missing.length === 0) return;
  throw new InputError(
    `${file}: found no column ${missing.map((name) => `"${name}"`).join(', ')}, expected ${expected}`,
  );
}

function extraNote(extra: readonly string[]): string[] {
  if (extra.length === 0) return [];
  const named = extra.slice(0, 5).join(', ');
  return [
    `${extra.length === 1 ? 'column' : 'columns'} ${named}${extra.length > 5 ? ', …' : ''}: unknown here, left aside`,
  ];
}

async function records(context: StageContext, session: Session, file: string, notes: string[]): Promise<MadeBatch> {
  const { project, scratch } = context;
  const { entity, time } = project.file.features;
  const { notes: taken } = await makeRecords(session, project, {
    ...{ file, needed: [] },
    key: await pseudonymKey(context, project.file),
  });
  const label = labelSql(project.file, await session.describe(`SELECT * FROM ${featureTable}`));
  const [counted] = await session.rows(
    `SELECT count(*)::DOUBLE AS rows, count(${label})::DOUBLE AS labelled,
      ${time === undefined ? 'NULL, NULL' : `min(${identifier(time)})::VARCHAR AS first, max(${identifier(time)})::VARCHAR AS last`}
      FROM ${featureTable}`,
  );
  const path = join(scratch, 'batch-rows.parquet');
  await session.run(`COPY (SELECT * FROM ${featureTable} ORDER BY record_id) TO ${literal(path)} (FORMAT parquet)`);
  const rows = Number(counted?.rows);
  if (rows === 0) throw new InputError(`${file}: found no row, expected some to judge`);
  return {
    path,
    rows,
    labelled: Number(counted?.labelled),
    window: { from: (counted?.first as string | undefined) ?? null, to: (counted?.last as string | undefined) ?? null },
    numbered:
      (await isNumbered(session, featureTable, entity)) || (await isNumbered(session, featureTable, 'record_id')),
    notes: [...notes, ...taken],
  };
}
