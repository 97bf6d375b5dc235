import { InputError } from '../../common/errors.js';
import { oneOf } from '../../common/nearest.js';
import { matchColumns } from '../columns.js';
import { classNames, type Roles, type Table, type TableColumn } from './roles.js';
import { classesOfColumns } from './score-columns.js';

/** How a table's predictions are asked for. */
export interface AskedColumns {
  /** A column; of several classes a pattern such as `p_*`, or several columns, one a class. */
  score?: readonly string[];
  /** The column of the predicted class. */
  class?: string;
}

/** Where a table's predictions stand. */
export interface PredictedColumns {
  score?: TableColumn;
  class?: TableColumn;
  /** A column a class, by the class as labels write it. */
  scores?: { name: string; column: TableColumn }[];
}

/**
 * The columns that hold the predictions, as the task needs them.
 * @throws InputError naming a column that is not there, holds no numbers, or is about a class that no label names
 */
export function predictedColumns(
  table: Table,
  { task, target }: Pick<Roles, 'task' | 'target'>,
  asked: AskedColumns,
): PredictedColumns {
  const patterns = asked.score ?? [];
  const free = table.columns.filter(({ name }) => name !== target.name && name !== asked.class);
  const fitting = task === 'multiclass' ? free : free.filter(({ kind }) => kind === 'number');
  const found = patterns.flatMap((pattern) => columnsFor(pattern, free, fitting));
  if (task !== 'multiclass') return { score: oneScore(found, target, asked) };
  // One column of several classes can only name the predicted one.
  const single = found.length === 1 && asked.class === undefined ? found[0] : undefined;
  const ofClass = asked.class === undefined ? single : columnCalled(table, asked.class, '--class');
  const scores = single === undefined ? found : [];
  if (scores.length === 1)
    throw new InputError(`--score: found one column, expected one a class of ${target.name}: --score "p_*"`);
  for (const column of scores) mustBeNumbers(column);
  return {
    ...(ofClass && { class: ofClass }),
    ...(scores.length > 0 && { scores: byClass(patterns, scores, target) }),
  };
}

function columnsFor(pattern: string, columns: TableColumn[], proposed: TableColumn[]): TableColumn[] {
  const names = columns.map(({ name }) => name);
  const own = columns.filter(({ name }) => name === pattern);
  if (own.length > 0) return own;
  const fitting = pattern.includes('*') ? matchColumns([pattern], names) : [];
  if (fitting.length === 0)
    throw new InputError(
      `--score: found no column "${pattern}", expected ${oneOf(
        pattern,
        proposed.map(({ name }) => name),
      )}`,
    );
  return fitting.map((name) => columns.find((column) => column.name === name)!);
}

function columnCalled({ columns }: Table, name: string, flag: string): TableColumn {
  const found = columns.find((column) => column.name === name);
  const names = columns.map((column) => column.name);
  if (found === undefined) throw new InputError(`${flag}: found no column "${name}", expected ${oneOf(name, names)}`);
  return found;
}

function oneScore(found: TableColumn[], target: TableColumn, asked: AskedColumns): TableColumn {
  const [score, second] = found;
  if (second !== undefined)
    throw new InputError(
      `--score: found ${found.length} columns, expected one: ${target.name} has two classes or is a number`,
    );
  if (asked.class !== undefined)
    throw new InputError(
      `--class: found it beside --score of ${target.name}, which is no label of several classes; expected --score alone`,
    );
  mustBeNumbers(score!);
  return score!;
}

function mustBeNumbers({ kind, name }: TableColumn): void {
  if (kind === 'number') return;
  throw new InputError(
    `--score: found no numbers in column "${name}", expected scores; a column that names the predicted class is: --class ${name}`,
  );
}

/** Names of columns write a class with fewer signs than labels do: `p_no_failure` is about "no failure". */
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_|_$/g, '');

function byClass(
  patterns: readonly string[],
  columns: TableColumn[],
  target: TableColumn,
): { name: string; column: TableColumn }[] {
  const words = classesOfColumns(
    patterns,
    columns.map(({ name }) => name),
  );
  const labels = classNames(target);
  const named = words.map(
    (word) => labels.find((one) => one === word) ?? labels.find((one) => plain(one) === plain(word)) ?? word,
  );
  const without = labels.find((one) => !named.includes(one));
  if (without !== undefined)
    throw new InputError(
      `--score: found no column for the class "${without}" of ${target.name}, expected one a class; those found are about ${words.join(', ')}`,
    );
  return columns.map((column, at) => ({ name: named[at]!, column }));
}
