import { WrongInput } from '../../common/errors.js';
import { literal, identifier } from '../../data/duckdb/sql.js';
import { withSession } from '../../data/duckdb/session.js';
import { runUserSql } from '../../data/duckdb/user-sql.js';
import type { Batch } from '../../documents/batch.js';
import { featureRows } from '../features/table.js';
import type { StageContext } from '../stage.js';
import { batchSources } from './batch-sources.js';

/** So many different values of a label are looked up in the SQL of the features, one by one. */
const mostValues = 200;

/**
 * What labels as people write them (`yes`, `churned`) are as values of the target (1). It is found out by doing: the SQL
 * of the features is run with the label in the target's column.
 * @throws WrongInput for a label of which the SQL makes no target
 */
export async function targetValues(
  context: StageContext,
  batch: Batch,
  file: string,
  labels: readonly string[],
): Promise<Map<string, number>> {
  const { task, target } = context.project.file.model;
  const numbers = labels.map(Number);
  const own = new Map(labels.map((label, at) => [label, numbers[at]!]));
  const isFlag = task === 'binary' && numbers.every((value) => value === 0 || value === 1);
  // A program is not run over and over to find out what it makes of each label.
  const bySql = batch.as === 'table' && context.project.file.features.command === undefined;
  const looked = bySql ? await sourceOfTarget(context, batch) : undefined;
  if (isFlag || looked === undefined) {
    const wrong = labels.find(
      (label) => !(task === 'binary' ? /^[01](\.0+)?$/.test(label) : Number.isFinite(Number(label))),
    );
    if (wrong !== undefined) throw noTarget(file, wrong, target, task === 'binary' ? '0 or 1' : 'a number');
    return own;
  }
  const few = labels.length <= mostValues ? labels : labels.slice(0, 3);
  const made = await madeOf(context, looked, few);
  for (const [label, value] of made)
    if (value === undefined) throw noTarget(file, label, target, `what features.sql makes ${target} of`);
  const [odd] = [...made].find(([, value]) => task === 'binary' && value !== 0 && value !== 1) ?? [];
  if (odd !== undefined) throw noTarget(file, odd, target, '0 or 1');
  if (few.length === labels.length) return made as Map<string, number>;
  if (few.every((label) => made.get(label) === own.get(label))) return own;
  throw new WrongInput({
    file,
    found: `${labels.length} different labels that features.sql changes`,
    expected: `the values of ${target} as features.sql makes them`,
  });
}

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
): Promise<Map<string, number | undefined>> {
  const { target } = project.file.model;
  const { sql: file } = project.file.features;
  const made = new Map<string, number | undefined>();
  for (const label of labels) {
    const value = await withSession({ folders, signal }, async (session) => {
      await views(20)(session, [{ name: target, sql: `try_cast(${literal(label)} AS ${type})` }]);
      await runUserSql(session, file, project.sql[file] ?? '', featureRows);
      const found = await session.rows(`SELECT DISTINCT ${identifier(target)}::DOUBLE AS value FROM ${featureRows}`);
      return found.length === 1 ? found[0]!.value : null;
    });
    made.set(label, typeof value === 'number' ? value : undefined);
  }
  return made;
}
