import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { sha256OfFile } from '../../common/hash.js';
import { InputError } from '../../common/errors.js';
import { oneOf } from '../../common/nearest.js';
import type { StageInput } from '../../documents/run.js';
import { latestRecords, namedRecords, type GroupColumns } from '../../data/feature-group.js';
import { withSession, type Session } from '../../data/duckdb/session.js';
import { identifier, literal } from '../../data/duckdb/sql.js';
import { isNumeric } from '../../data/types.js';
import { givenClassColumns } from '../../project/elsewhere.js';
import type { Environment } from '../../platform/ports/environment.js';
import type { FeatureDefinition } from '../../platform/ports/features.js';
import type { ProjectFile } from '../../project/schema.js';
import type { StageContext } from '../stage.js';
import { classesOfTexts } from '../evaluating/classes.js';
import type { BundleInput } from '../../models/bundle/bundle.js';
import { codesOf } from '../../models/table/texts.js';
import { featuresOrigin } from '../../project/commands.js';
import { classSql, labelSql } from './label-sql.js';
import { textInputs } from './text-inputs.js';
import { watchedCategories } from '../evaluating/category-columns.js';
import { sliceColumnsOf } from '../evaluating/slice-columns.js';
import { atPlace } from '../candidates/place-of-error.js';
import { type PartName, partNames } from '../../common/parts.js';
import { groupName, type Part } from '../evaluating/parts.js';

/** Feature groups as stage inputs: one hash a Parquet file. A group that is not there yet has none. */
export async function groupInputs(context: StageContext, parts: readonly PartName[]): Promise<StageInput[]> {
  const inputs: StageInput[] = [];
  for (const part of parts) {
    const name = groupName(context.project.file.name, part);
    const files = await context.environment.features.files(name, { signal: context.signal });
    for (const file of files) inputs.push({ uri: uriOf(name, file), sha256: await sha256OfFile(file, context) });
  }
  return inputs;
}

/** `feature-store/<group>/<file>`: the same wherever the bucket lies. */
function uriOf(group: string, file: string): string {
  return `feature-store/${group}/${file.slice(file.lastIndexOf('/') + 1)}`;
}

/** A session that can read the files of feature groups and write below `scratch`. */
export function groupSession<Result>(
  scratch: string | readonly string[],
  files: string[],
  signal: AbortSignal,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  const folders = [...[scratch].flat(), ...new Set(files.map((file) => resolve(file, '..')))];
  return withSession({ folders, signal }, work);
}

/** All four parts with their labelled rows. */
export async function loadParts(context: StageContext): Promise<Record<PartName, Part>> {
  const entries: [PartName, Part][] = [];
  for (const part of partNames) entries.push([part, await loadPart(context, part)]);
  return Object.fromEntries(entries) as Record<PartName, Part>;
}

/**
 * One part: every number column as a feature, ordered by record id so that the same rows come in the same order.
 * `rows`: those with a label, those without, or all; a row without has the target NaN. Texts are there that a candidate
 * learns from, and those among the `inputs` of a version that is judged.
 */
export async function loadPart(
  context: StageContext,
  part: PartName,
  rows: 'labelled' | 'unlabelled' | 'all' = 'labelled',
  inputs: readonly BundleInput[] = [],
): Promise<Part> {
  const { file } = context.project;
  const name = groupName(file.name, part);
  const files = await mustHaveFiles(context.environment, name, context.signal);
  // Files of older builds may hold columns that features.sql no longer makes, or others of theirs as text.
  const group = await context.environment.features.describe(name, { signal: context.signal });
  const current = new Map(group?.features.map((feature) => [feature.name, feature.type]));
  checkSlices(context, [...current.keys()]);
  return groupSession(context.scratch, files, context.signal, (session) =>
    readRecords(session, file, namedRecords(files, group), current, group, rows, inputs),
  );
}

/** @throws InputError at the line of a slice of a column that the feature group does not have */
function checkSlices({ project: { folder, file } }: StageContext, columns: string[]): void {
  for (const [index, slice] of (file.monitor.slices ?? []).entries()) {
    const name = typeof slice === 'string' ? slice : slice.column;
    if (columns.includes(name)) continue;
    const path = ['monitor', 'slices', index, ...(typeof slice === 'string' ? [] : ['column'])];
    const hint = `found "${name}", expected a column of ${featuresOrigin(file)}: ${oneOf(name, columns)}`;
    throw atPlace(folder, path, hint);
  }
}

async function mustHaveFiles(environment: Environment, name: string, signal: AbortSignal): Promise<string[]> {
  const files = await environment.features.files(name, { signal });
  if (files.length === 0) {
    throw new InputError(`feature group ${name}: found no records, expected some; run: mlops features`);
  }
  return files;
}

/** What tells rows with a label: not-a-number is no label either, nor is an empty text. */
const withLabel = {
  labelled: (label: string) => `WHERE ${label} IS NOT NULL`,
  unlabelled: (label: string) => `WHERE ${label} IS NULL`,
  all: () => '',
};

const isNumber = (type: FeatureDefinition['type'] | undefined): boolean => type !== undefined && type !== 'String';

/** The records of a SELECT that gives them by our names; `current`: the columns that count, and their types. */
export async function readRecords(
  session: Session,
  file: ProjectFile,
  latest: string,
  current: Map<string, FeatureDefinition['type']>,
  group: GroupColumns | undefined,
  which: keyof typeof withLabel,
  inputs: readonly BundleInput[],
): Promise<Part> {
  const { entity, time } = file.features;
  const { target } = file.model;
  const named = new Set(['record_id', 'event_time', group?.recordId, group?.eventTime, entity, time, target]);
  const described = await session.describe(latest);
  const classColumns = new Set(givenClassColumns(file));
  const isText = (name: string) => current.get(name) === 'String' || classColumns.has(name);
  const features = described
    .filter(({ name }) => isNumber(current.get(name)) && !isText(name) && !named.has(name))
    .map(({ name }) => name);
  const selected = features.map((column) => `${identifier(column)}::DOUBLE AS ${identifier(column)}`);
  const label = labelSql(file, described);
  const several = file.model.task === 'multiclass';
  // A slice column has a place of its own beside the features, for it may be one of them, and need not be a number.
  const texts = described
    .filter(({ name }) => current.has(name) && isText(name) && !named.has(name))
    .map(({ name }) => name);
  const categories = watchedCategories(file, texts);
  const judged = new Set(inputs.filter(({ type }) => type === 'category').map(({ name }) => name));
  const learned = [...new Set([...textInputs(file, texts), ...texts.filter((name) => judged.has(name))])];
  const textOf = (name: string) =>
    classColumns.has(name) ? classSql(name, described) : `${identifier(name)}::VARCHAR`;
  const inputTexts = learned.map((name, at) => `${textOf(name)} AS input_text_${at}`);
  const sliced = described.filter(
    ({ name }) =>
      (sliceColumnsOf(file).includes(name) && (current.has(name) || named.has(name))) || categories.includes(name),
  );
  const sliceTexts = sliced.map(({ name }, at) => `${identifier(name)}::VARCHAR AS slice_text_${at}`);
  const sliceNumbers = sliced.flatMap(({ name, type }, at) =>
    isNumeric(type) ? [`${identifier(name)}::DOUBLE AS slice_number_${at}`] : [],
  );
  const sql =
    `SELECT record_id::VARCHAR AS record_id, ${identifier(entity)}::VARCHAR AS entity_text, ` +
    `${[...selected, `${label} AS label_of_row`, ...inputTexts, ...sliceTexts, ...sliceNumbers].join(', ')} ` +
    `FROM (${latest}) ${withLabel[which](label)} ORDER BY record_id`;
  const asText = [
    'record_id',
    'entity_text',
    ...(several ? ['label_of_row'] : []),
    ...learned.map((_, at) => `input_text_${at}`),
    ...sliced.map((_, at) => `slice_text_${at}`),
  ];
  const { rows, columns, values, text } = await session.columns(sql, { text: asText });
  const codes = learned.map((_, at) => codesOf(text.get(`input_text_${at}`)!));
  const [counts] = await session.rows(
    `SELECT count(*) FILTER (${withLabel.unlabelled(label)})::DOUBLE AS unlabelled, ` +
      `${time === undefined ? 'NULL, NULL' : `min(${identifier(time)})::VARCHAR AS first, max(${identifier(time)})::VARCHAR AS last`} ` +
      `FROM (${latest})`,
  );
  return {
    matrix: {
      columns: [...features, ...learned],
      values: [...features.map((name) => values[columns.indexOf(name)]!), ...codes.map((column) => column.values)],
      rows,
      ...(learned.length > 0 && {
        categories: Object.fromEntries(learned.map((name, at) => [name, codes[at]!.words])),
      }),
    },
    ...(several ? classesOfTexts(text.get('label_of_row')!) : { target: values[columns.indexOf('label_of_row')]! }),
    recordIds: text.get('record_id') as string[],
    entities: text.get('entity_text') as string[],
    unlabelled: Number(counts?.unlabelled ?? 0),
    slices: sliced.map(({ name }, at) => ({
      name,
      text: text.get(`slice_text_${at}`)!,
      numbers: values[columns.indexOf(`slice_number_${at}`)] ?? null,
    })),
    categories,
    window: { from: (counts?.first as string | undefined) ?? null, to: (counts?.last as string | undefined) ?? null },
  };
}

/** Files on this machine, and the SELECT over them of records that have a `record_id`. */
export interface RecordFiles {
  files: string[];
  select: string;
}

/** Where the latest records of a group are. */
export async function groupFiles({ environment, signal }: StageContext, name: string): Promise<RecordFiles> {
  const files = await environment.features.files(name, { signal });
  const group = await environment.features.describe(name, { signal });
  return { files, select: namedRecords(files, group) };
}

/** The ids of a part's records, labelled or not; none where the group is not there. */
export async function recordIdsOf(context: StageContext, part: PartName): Promise<Set<string>> {
  const { environment, signal } = context;
  const name = groupName(context.project.file.name, part);
  const group = await environment.features.describe(name, { signal });
  // A model from elsewhere may be served before anything was made of the project's own rows.
  if (group === undefined) return new Set();
  const files = await environment.features.files(name, { signal });
  if (files.length === 0) return new Set();
  return groupSession(context.scratch, files, signal, async (session) => {
    const sql = `SELECT record_id::VARCHAR AS record_id FROM (${namedRecords(files, group)})`;
    const { text } = await session.columns(sql, { text: ['record_id'] });
    return new Set(text.get('record_id') as string[]);
  });
}

/**
 * Writes the latest records of a group to a CSV or Parquet file, in a folder that is made for it; returns how many.
 * @throws InputError for a file of another kind, and for a group without records
 */
export async function exportGroup(
  environment: Environment,
  name: string,
  target: string,
  signal: AbortSignal,
): Promise<number> {
  const path = resolve(target);
  if (!/\.(csv|parquet)$/.test(path))
    throw new InputError(`found the file ${target}, expected one that ends in .csv or .parquet`);
  const files = await mustHaveFiles(environment, name, signal);
  const group = await environment.features.describe(name, { signal });
  await mkdir(dirname(path), { recursive: true });
  const format = path.endsWith('.parquet') ? 'FORMAT parquet' : 'FORMAT csv, HEADER';
  return groupSession(resolve(path, '..'), files, signal, async (session) => {
    const latest = latestRecords(files, group);
    const sorted = `${latest} ORDER BY ${identifier(group?.recordId ?? 'record_id')}`;
    await session.run(`COPY (${sorted}) TO ${literal(path)} (${format})`);
    const [count] = await session.rows(`SELECT count(*)::DOUBLE AS rows FROM (${latest})`);
    return Number(count?.rows ?? 0);
  });
}
