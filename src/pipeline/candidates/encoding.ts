import { PartError } from '../../common/errors.js';
import { momentOf } from '../../models/preprocessing/moments.js';
import { type DateColumn, dateParts, type DatePart, type PreprocessingSpec } from '../../models/preprocessing/steps.js';
import { columnOf, isCategory } from '../../models/table/columns.js';
import type { Task } from '../../models/task.js';
import type { Matrix } from '../../models/table/matrix.js';
import { matchesPattern } from '../../project/columns.js';
import type { Encoding } from '../../project/parts/encode-schema.js';
import type { Candidate, ProjectFile } from '../../project/schema.js';
import type { Rows } from '../workers/shared-memory.js';

/** Beyond this many values a column of 0 and 1 each, or a split by sets of them, learns rows by heart. */
const mostOneHot = 30;
const mostSplit = 100;

/** What the columns of texts and dates among `columns` become, and which of them LightGBM splits by sets of values. */
export interface Encoded {
  steps: PreprocessingSpec[];
  categorical: string[];
  /** Columns of numbers that can be missing where a value is missing or was never seen. */
  gaps: string[];
}

/** What decides encodings beside the rows. */
export interface ModelSettings {
  task: Task;
  encode?: ProjectFile['model']['encode'];
}

/**
 * Decides how a candidate's texts and dates become numbers: as `model.encode` says, else by their values in the training
 * rows. Dates become their parts and their age; texts of few values what the family takes best; of many, the mean of the
 * target.
 * @throws PartError of the part `columns` where an encoding does not fit a column
 */
export function encodingOf(
  { task, encode = {} }: ModelSettings,
  { family }: Candidate,
  { matrix, target }: Rows,
): Encoded {
  // What is made elsewhere is handed on, and nothing learns from the columns beside it.
  const texts = family === 'given' ? [] : matrix.columns.filter((name) => isCategory(matrix, name));
  const kinds = new Map<string, string[]>();
  const orders: Record<string, string[]> = {};
  const dates: Record<string, DateColumn> = {};
  const add = (kind: string, name: string) => kinds.set(kind, [...(kinds.get(kind) ?? []), name]);
  const addOrder = (name: string, order: string[]) => {
    orders[name] = order;
    add('ordinal', name);
  };
  for (const name of texts) {
    const asked = Object.entries(encode).find(([pattern]) => matchesPattern(pattern, name))?.[1];
    const given: readonly Encoding[] = asked === undefined ? usual(name, family, matrix) : [asked].flat();
    for (const encoding of given) {
      if (encoding === 'date-parts' || encoding === 'age' || (typeof encoding === 'object' && 'age' in encoding))
        dates[name] = withDates(dates[name], encoding, name, matrix);
      else if (typeof encoding === 'object') addOrder(name, encoding.ordinal);
      // Only boosted trees have splits by sets of categories.
      else add(encoding === 'category' && family !== 'lightgbm' ? 'one-hot' : encoding, name);
    }
    if (given.length > 1 && dates[name] === undefined)
      throw new PartError('columns', `found several encodings of ${name}, expected one: only dates have two`);
  }
  const of = (kind: string) => kinds.get(kind) ?? [];
  const ordered = [...of('ordinal'), ...of('category')];
  const steps: PreprocessingSpec[] = [];
  if (of('one-hot').length > 0) steps.push({ step: 'one-hot', columns: of('one-hot') });
  if (ordered.length > 0) steps.push({ step: 'ordinal', columns: ordered, categories: orders });
  if (of('frequency').length > 0) steps.push({ step: 'frequency', columns: of('frequency') });
  if (of('target').length > 0) steps.push({ step: 'target', columns: of('target'), ...classesOf(task, target) });
  if (Object.keys(dates).length > 0) steps.push({ step: 'date', columns: dates });
  const made = Object.entries(dates).flatMap(([name, { parts }]) => parts.map((part) => `${name}_${part}`));
  return { steps, categorical: of('category'), gaps: [...ordered, ...made] };
}

/** A class has no mean: each has a share of its own. */
function classesOf(task: Task, target: Float64Array): { classes?: number } {
  if (task !== 'multiclass') return {};
  return { classes: target.reduce((most, label) => Math.max(most, label), 0) + 1 };
}

/** What suits a column of which nothing is said. */
function usual(name: string, family: Candidate['family'], matrix: Matrix): Encoding[] {
  const words = wordsIn(matrix, name);
  refuseSpoilt(name, words);
  if (words.length > 0 && words.every(isDate)) return ['date-parts', 'age'];
  if (family === 'lightgbm') return [words.length <= mostSplit ? 'category' : 'target'];
  const collides = words.some((word) => matrix.columns.includes(`${name}_${word}`));
  return [words.length <= mostOneHot && !collides ? 'one-hot' : 'target'];
}

/** So many of a column's values are of one kind that the others are taken for what spoilt it. */
const mostly = 0.9;
const isNumber = (word: string) => word.trim() !== '' && !Number.isNaN(Number(word));
/** As `V57` among the `250.83` of a diagnosis: such columns name things, though most names are digits. */
const isCode = (word: string) => /^[A-Za-z]{1,3}[-.]?\d/.test(word);
const isDate = (word: string) => !Number.isNaN(momentOf(word));

/** A column of numbers, or of dates, that a few words made a text would be learned by heart, value by value. */
function refuseSpoilt(name: string, words: readonly string[]): void {
  for (const [kind, is] of [['numbers', isNumber] as const, ['dates', isDate] as const]) {
    const others = words.filter((word) => !is(word));
    if (words.length < 10 || others.length === 0 || others.length > (1 - mostly) * words.length) continue;
    if (others.filter(isCode).length * 2 >= others.length) continue;
    throw new PartError(
      'columns',
      `found values of ${name} that are no ${kind}, such as "${others[0]}", among ${words.length - others.length} that are; ` +
        `expected ${kind}: name the words for missing in "nulls" of its source, or say how to encode them in model.encode`,
    );
  }
}

/** A part of which the table has a column already would stand there twice. */
function withDates(before: DateColumn | undefined, encoding: Encoding, name: string, matrix: Matrix): DateColumn {
  const asked: readonly DatePart[] = encoding === 'date-parts' ? partsIn(name, matrix) : ['age'];
  const parts = dateParts.filter((part) => before?.parts.includes(part) === true || asked.includes(part));
  const reference = typeof encoding === 'object' && 'age' in encoding ? encoding.age : before?.reference;
  return { parts, ...(reference === undefined ? {} : { reference }) };
}

function partsIn(name: string, matrix: Matrix): DatePart[] {
  const hasHours = wordsIn(matrix, name).some((word) => momentOf(word) % 86_400_000 !== 0);
  return dateParts.filter(
    (part) => part !== 'age' && (part !== 'hour' || hasHours) && !matrix.columns.includes(`${name}_${part}`),
  );
}

/** The values that occur. */
function wordsIn(matrix: Matrix, name: string): string[] {
  const words = matrix.categories![name]!;
  const seen = new Set<number>();
  for (const code of columnOf(matrix, name)) if (code >= 0) seen.add(code);
  return [...seen].map((code) => words[code]!);
}
