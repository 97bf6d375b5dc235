import { WrongInput } from '../../common/errors.js';
import { literal } from '../../data/duckdb/sql.js';
import { withSession } from '../../data/duckdb/session.js';
import { runUserSql } from '../../data/duckdb/user-sql.js';
import type { Batch } from '../../documents/batch.js';
import { labelSql } from '../features/label-sql.js';
import { featureRows } from '../features/table.js';
import type { StageContext } from '../stage.js';
import { batchSources } from './batch-sources.js';
import type { LabelFile } from './match-labels.js';

/** So many different values of a label are looked up in the SQL of the features, one by one. */
const mostValues = 200;

/** A value of the target: a number, or the name of one of several classes. */
export type Label = number | string;

/**
 * What labels as people write them (`yes`, `churned`) are as values of the target (1). It is found out by doing: the SQL
 * of the features is run with the label in the target's column.
 * @throws WrongInput for a label of which the SQL makes no target
 */
export async function targetValues(
  context: StageContext,
  batch: Batch,
  { name: file, made }: Pick<LabelFile, 'name' | 'made'>,
  labels: readonly string[],
): Promise<Map<string, Label>> {
  const { task, target } = context.project.file.model;
  const read = (label: string): Label => (task === 'multiclass' ? label : Number(label));
  const own = new Map(labels.map((label) => [label, read(label)]));
  const isFlag = task === 'binary' && labels.every((label) => [0, 1].includes(Number(label)));
  // A program is not run over and over to find out what it makes of each label.
  const bySql = batch.as === 'table' && context.project.file.features.command === undefined;
  const looked = bySql && !made && !isFlag ? await sourceOfTarget(context, batch) : undefined;
  if (looked === undefined) {
    const wrong = labels.find((label) => !isLabel[task](label));
    if (wrong !== undefined) throw noTarget(file, wrong, target, task === 'binary' ? '0 or 1' : 'a number');
    return own;
  }
  const few = labels.length <= mostValues ? labels : labels.slice(0, 3);
  const found = await madeOf(context, looked, few);
  for (const [label, value] of found)
    if (value === undefined) throw noTarget(file, label, target, `what features.sql makes ${target} of`);
  const [odd] = [...found].find(([, value]) => task === 'binary' && value !== 0 && value !== 1) ?? [];
  if (odd !== undefined) throw noTarget(file, odd, target, '0 or 1');
  if (few.length === labels.length) return found as Map<string, Label>;
  if (few.every((label) => found.get(label) === own.get(label))) return own;
  throw new WrongInput({
    file,
    found: `${labels.length} different labels that features.sql changes`,
    expected: `the values of ${target} as features.sql makes them`,
  });
}

/** Whether a text can be a value of the target as it stands. */
const isLabel = {
  binary: (text: string) => /^[01](\.0+)?$/.test(text),
  multiclass: () => true,
  regression: (text: string) => Number.isFinite(Number(text)),
};

const noTarget = (file: string, label: string, column: string, expected: string) =>
  new WrongInput({ file, found: `the label "${label}"`, column, expected });

async function sourceOfTarget(context: StageContext, batch: Batch) {
  const { target } = context.project.file.model;
  const sources = await batchSources(context, batch);
  const has = sources.expected.find(({ columns }) => columns.some(({ name }) => name === target));
  const type = has?.columns.find(({ name }) => name === target)?.type;
  return has === undefined || type === undefined ? undefined : { ...sources, source: has.source, type };
}

async function madeOf(
  { project, signal }: StageContext,
  { folders, views, type }: NonNullable<Awaited<ReturnType<typeof sourceOfTarget>>>,
  labels: readonly string[],
): Promise<Map<string, Label | undefined>> {
  const { target } = project.file.model;
  const { sql: file } = project.file.features;
  const made = new Map<string, Label | undefined>();
  for (const label of labels) {
    const value = await withSession({ folders, signal }, async (session) => {
      await views(20)(session, [{ name: target, sql: `try_cast(${literal(label)} AS ${type})` }]);
      await runUserSql(session, file, project.sql[file] ?? '', featureRows);
      const described = await session.describe(`SELECT * FROM ${featureRows}`);
      const sql = labelSql(project.file, described);
      const found = await session.rows(`SELECT DISTINCT ${sql} AS value FROM ${featureRows}`);
      return found.length === 1 ? found[0]!.value : null;
    });
    made.set(label, typeof value === 'number' || typeof value === 'string' ? value : undefined);
  }
  return made;
}
