import { dirname, resolve } from 'node:path';
import { tmpdir } from 'node:os';
import { InputError } from '../../common/errors.js';
import { namedRecords } from '../../data/feature-group.js';
import { withSession, type Session } from '../../data/duckdb/session.js';
import { identifier } from '../../data/duckdb/sql.js';
import { readTable } from '../../data/tables.js';
import { isNumeric } from '../../data/types.js';
import type { BundleInput } from '../../models/bundle/bundle.js';
import type { Environment } from '../../platform/ports/environment.js';
import type { ProjectFile } from '../../project/schema.js';
import { groupName } from '../evaluating/parts.js';
import { labelSql } from '../features/label-sql.js';

export type Value = number | string | boolean | null;

/** Rows that requests are made of. */
export interface SampledRows {
  /** Where they came from, for people. */
  from: string;
  /** What the model looks at. */
  inputs: string[];
  values: Record<string, Value>[];
  /** What became true of each; null where nobody knows. */
  labels: (number | string | null)[];
}

/** So many are enough to look like all of them. */
const most = 10_000;

interface Asked {
  file: ProjectFile;
  inputs: readonly BundleInput[];
  signal: AbortSignal;
}

/**
 * Rows of the production group; the same ones each time, drawn from all over it.
 * @throws InputError where there is none
 */
export async function productionRows(environment: Environment, asked: Asked): Promise<SampledRows> {
  const { file, signal } = asked;
  const name = groupName(file.name, 'production');
  const group = await environment.features.describe(name, { signal });
  const files = group === undefined ? [] : await environment.features.files(name, { signal });
  if (files.length === 0)
    throw new InputError(`simulate: found no rows in ${name}; run: mlops features; or give a table: --rows FILE`);
  const folders = [tmpdir(), ...new Set(files.map((one) => dirname(resolve(one))))];
  return withSession({ folders, signal }, (session) =>
    sampled(session, name, `SELECT * FROM (${namedRecords(files, group)}) ORDER BY hash(record_id), record_id`, asked),
  );
}

/** Rows of a table that somebody gave, the first ones. @throws InputError naming columns that are missing */
export async function rowsOfFile(path: string, asked: Asked): Promise<SampledRows> {
  const folders = [tmpdir(), dirname(resolve(path))];
  return withSession({ folders, signal: asked.signal }, async (session) => {
    const { select } = await readTable(session, [path]);
    return sampled(session, path, select, asked);
  });
}

async function sampled(session: Session, from: string, select: string, { file, inputs }: Asked): Promise<SampledRows> {
  const described = await session.describe(select);
  const types = new Map(described.map(({ name, type }) => [name, type]));
  const missing = inputs.filter(({ name }) => !types.has(name)).map(({ name }) => name);
  if (missing.length > 0)
    throw new InputError(`${from}: found no column ${missing.join(', ')}, expected what the model looks at`);
  const columns = inputs.map(({ name, type }, at) => {
    const found = types.get(name)!;
    const isNumber = type === 'number' && (isNumeric(found) || found === 'BOOLEAN');
    return `${identifier(name)}::${isNumber ? 'DOUBLE' : 'VARCHAR'} AS ${identifier(`input ${at}`)}`;
  });
  const label = types.has(file.model.target) ? labelSql(file, described) : 'NULL';
  const rows = await session.rows(`SELECT ${columns.join(', ')}, ${label} AS label FROM (${select}) LIMIT ${most}`);
  if (rows.length === 0) throw new InputError(`${from}: found no row, expected some`);
  const names = inputs.map(({ name }) => name);
  return {
    ...{ from, inputs: names },
    values: rows.map((row) => Object.fromEntries(names.map((name, at) => [name, valueOf(row[`input ${at}`])]))),
    labels: rows.map(({ label: truth }) => (typeof truth === 'number' || typeof truth === 'string' ? truth : null)),
  };
}

/** JSON knows neither not-a-number nor infinity: they are missing. */
function valueOf(cell: unknown): Value {
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : null;
  return typeof cell === 'string' || typeof cell === 'boolean' ? cell : null;
}
