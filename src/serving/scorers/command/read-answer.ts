import type { Task } from '../../../models/task.js';
import { parseLoosely } from '../../../common/loose-json.js';
import { PredictionError } from '../../failure.js';

/** What a program's answer has to be. */
export interface Expected {
  task: Task;
  rows: number;
  classes: readonly string[];
  /** Who answers, as messages call it. */
  who: string;
  /** Whether rows may have no score, which is then NaN; else such an answer is refused. */
  gaps?: boolean;
}

/** Under these names answers hold what they say of each row. */
const lists = ['predictions', 'outputs', 'probabilities', 'scores', 'instances'];
/** And so what they say of one row: probabilities before a class. */
const figures = ['probabilities', 'probability', 'score', 'scores', 'prediction', 'predictions', 'predicted_label'];

/**
 * The scores in an answer, one array an output. Read are JSON (a list, or one under `predictions`, of numbers,
 * lists of them, classes or objects that hold these) and CSV without a header.
 * With `gaps` a row whose score is null, missing or no number has NaN for each output.
 * @throws PredictionError saying what was found and what is expected
 */
export function scoresIn(text: string, contentType: string, expected: Expected): Float64Array[] {
  const items = itemsOf(text, contentType, expected);
  if (items.length !== expected.rows)
    throw new PredictionError(`${expected.who} answered ${items.length} rows, expected ${expected.rows}`);
  const outputs = expected.task === 'multiclass' ? expected.classes.length : 1;
  const scores = Array.from({ length: outputs }, () => new Float64Array(expected.rows));
  items.forEach((item, row) => {
    if (expected.gaps && isGap(item, expected)) return scores.forEach((column) => (column[row] = NaN));
    const own = figuresOf(item, expected, row);
    own.forEach((value, output) => {
      if (!Number.isFinite(value)) throw wrong(expected, row, item, 'a number');
      scores[output]![row] = value;
    });
  });
  return scores;
}

function itemsOf(text: string, contentType: string, { who, rows }: Expected): unknown[] {
  const type = contentType.split(';')[0]!.trim().toLowerCase();
  if (type === 'text/csv') return csvLines(text, rows).map(csvItem);
  const value = jsonOf(text, type, who);
  if (Array.isArray(value)) return value;
  if (typeof value === 'object' && value !== null) {
    const held = lists.map((name) => (value as Record<string, unknown>)[name]).find(Array.isArray);
    if (held) return held as unknown[];
  }
  throw new PredictionError(`${who} answered ${shown(value)}, expected a list of predictions`);
}

function jsonOf(text: string, type: string, who: string): unknown {
  try {
    return parseLoosely(text);
  } catch {
    throw new PredictionError(
      `${who} answered ${type || 'no content type'}, ${shown(text)}, expected JSON or text/csv`,
    );
  }
}

/** An empty line is a row that has nothing, but for those beyond the rows that were asked for. */
function csvLines(text: string, rows: number): string[] {
  const lines = text.split(/\r?\n/);
  while (lines.length > rows && lines.at(-1)!.trim() === '') lines.pop();
  while (lines.length > rows && lines[0]!.trim() === '') lines.shift();
  return lines;
}

function csvItem(line: string): unknown {
  const cells = line.split(',').map((cell) => (cell.trim() === '' ? NaN : Number(cell)));
  if (cells.length === 1) return Number.isNaN(cells[0]) && !/^nan$/i.test(line.trim()) ? line.trim() : cells[0];
  return cells;
}

/** Whether it has no score where one could stand. A list of another length, or an unknown class, is a wrong answer. */
function isGap(item: unknown, { task, classes }: Expected): boolean {
  const said = saidOf(item, classes);
  if (said === null || said === undefined || said === '') return true;
  if (typeof said === 'number') return !Number.isFinite(said);
  if (!Array.isArray(said)) return typeof said === 'string' && task !== 'multiclass';
  const lengths = { binary: [1, 2], regression: [1], multiclass: [classes.length] }[task];
  return lengths.includes(said.length) && !said.every(Number.isFinite);
}

const saidOf = (item: unknown, classes: readonly string[]): unknown =>
  typeof item === 'object' && item !== null && !Array.isArray(item) ? figureIn(item, classes) : item;

/** What an answer says of one row: one figure, or one a class. */
function figuresOf(item: unknown, expected: Expected, row: number): number[] {
  const { task, classes } = expected;
  const said = saidOf(item, classes);
  if (Array.isArray(said)) return ofList(said as unknown[], expected, row);
  if (task === 'multiclass') return ofClass(said, expected, row);
  if (typeof said === 'number') return [said];
  if (typeof said === 'boolean') return [Number(said)];
  throw wrong(expected, row, item, task === 'binary' ? 'the probability of class 1' : 'a number');
}

function ofList(said: unknown[], expected: Expected, row: number): number[] {
  const { task, classes } = expected;
  const numbers = said.every((one) => typeof one === 'number') ? said : undefined;
  if (numbers === undefined) throw wrong(expected, row, said, 'numbers');
  if (task === 'multiclass' && numbers.length === classes.length) return numbers;
  if (task === 'multiclass') throw wrong(expected, row, said, `one probability for each of ${classes.length} classes`);
  // Of two classes the second one's probability is the score.
  if (task === 'binary' && numbers.length === 2) return [numbers[1]!];
  if (numbers.length === 1) return [numbers[0]!];
  throw wrong(expected, row, said, task === 'binary' ? 'one probability, or two' : 'one number');
}

/** A class alone is all that some models say: it is then certain. */
function ofClass(said: unknown, expected: Expected, row: number): number[] {
  const { classes } = expected;
  const place = classes.indexOf(String(said));
  if (place < 0) throw wrong(expected, row, said, `one probability for each of ${classes.length} classes, or a class`);
  return classes.map((_, at) => (at === place ? 1 : 0));
}

function figureIn(item: object, classes: readonly string[]): unknown {
  const held = item as Record<string, unknown>;
  // By class: {"setosa": 0.9, …}
  if (classes.length > 0 && classes.every((name) => typeof held[name] === 'number'))
    return classes.map((name) => held[name]);
  for (const name of figures) {
    const one = held[name];
    if (one === undefined || one === null) continue;
    return typeof one === 'object' && !Array.isArray(one) ? figureIn(one, classes) : one;
  }
  return undefined;
}

function wrong({ who }: Expected, row: number, found: unknown, expected: string): PredictionError {
  return new PredictionError(`${who} answered ${shown(found)} for row ${row + 1}, expected ${expected}`);
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value.slice(0, 200)) : (JSON.stringify(value) ?? 'nothing');
  return text.length <= 80 ? text : `${text.slice(0, 77)}…`;
}
