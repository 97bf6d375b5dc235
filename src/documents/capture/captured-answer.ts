import type { CaptureRecord } from './capture-record.js';
import { jsonValues, sideText } from './captured-text.js';

/** What an answer says of one row. */
export interface CapturedRow {
  /** NaN where the answer names a class alone. */
  score: number;
  /** The predicted class, where the answer names one; null where the score alone is the prediction. */
  predicted: string | null;
  /**
   * The key that named the class. Under `label` the score is that class's own; linear learners' `predicted_label` stands
   * beside the score of the positive class.
   */
  by: 'label' | 'predicted_label' | null;
}

/** What one captured answer predicted, row by row; or why that cannot be read. */
export type CapturedScores = { rows: CapturedRow[]; threshold: number | null } | { problem: string };

/**
 * The rows of a captured answer. JSON, one document or one a line: `probabilities`, `probability`, `predictions` or
 * `prediction` (numbers, or objects with a score and perhaps a label), or a plain list; `wanted` names another key. CSV:
 * a line a row; of several values in a line `wanted` is the place of the score, from 0; without it they are rows, when as
 * many rows were asked. With `classes` a label without a score will do.
 */
export function capturedScores(record: CaptureRecord, wanted?: string, classes = false): CapturedScores {
  const output = record.captureData.endpointOutput;
  if (output === undefined) return { problem: 'the answer was not captured' };
  const text = sideText(output);
  const type = output.encoding === 'BASE64' ? (output.observedContentType ?? '') : output.encoding;
  if (/json/i.test(type)) return jsonScores(text, rowsAsked(record), wanted, classes);
  return csvScores(text, rowsAsked(record), wanted, classes);
}

function rowsAsked({ captureData: { endpointInput } }: CaptureRecord): number | null {
  return endpointInput === undefined ? null : sideText(endpointInput).trim().split(/\r?\n/).length;
}

const scoreKeys = ['probabilities', 'probability', 'probability_score', 'predictions', 'prediction', 'score'];
const labelKeys = ['predicted_label', 'label', 'predicted_class', 'class'];

function jsonScores(text: string, asked: number | null, wanted: string | undefined, classes: boolean): CapturedScores {
  const values = jsonValues(text);
  if (values === undefined) return { problem: 'the answer is not JSON' };
  const [first] = values;
  const threshold = isObject(first) && typeof first.threshold === 'number' ? first.threshold : null;
  const named = values.length === 1 && wanted === undefined && classes ? namedRows(first) : undefined;
  if (named !== undefined) return { rows: named, threshold };
  const items = values.length > 1 ? values : itemsOf(first, wanted);
  const rows = (isOneRow(items, asked) ? [items] : items).map((item) => rowOf(item, wanted));
  const usable = ({ score, predicted }: CapturedRow) => Number.isFinite(score) || (classes && predicted !== null);
  if (rows.length > 0 && rows.every(usable)) return { rows, threshold };
  return {
    problem: wanted === undefined ? 'the answer holds no score that is known here' : `the answer holds no "${wanted}"`,
  };
}

/** Rows whose classes stand by name in one list; beside it perhaps a list of the probabilities of all classes for each. */
function namedRows(answer: unknown): CapturedRow[] | undefined {
  if (!isObject(answer) || !Array.isArray(answer.predictions)) return undefined;
  const { predictions, probabilities } = answer as { predictions: unknown[]; probabilities?: unknown };
  if (!predictions.every((name) => typeof name === 'string')) return undefined;
  return predictions.map((predicted, row) => {
    const all: unknown = Array.isArray(probabilities) ? probabilities[row] : undefined;
    const numbers = Array.isArray(all) ? all.filter((value): value is number => typeof value === 'number') : [];
    return { score: numbers.length === 0 ? NaN : Math.max(...numbers), predicted, by: 'label' };
  });
}

/** The rows of one document: a list, or what stands as a list under one of the usual names; else it is one row. */
function itemsOf(answer: unknown, wanted: string | undefined): unknown[] {
  if (Array.isArray(answer)) return answer;
  if (!isObject(answer)) return [answer];
  const key = keyIn(answer, [...(wanted === undefined ? [] : [wanted]), ...scoreKeys]);
  const found = key === undefined ? undefined : answer[key];
  // Beside one label a list holds the probabilities of its classes.
  const ofOneRow = labelOf(answer).predicted !== null && key !== 'predictions';
  return Array.isArray(found) && !ofOneRow ? found : [answer];
}

/** The scores of all classes of one row look like several rows; there was but one question, and each label stands once. */
function isOneRow(items: unknown[], asked: number | null): boolean {
  if (asked !== 1 || items.length < 2 || !items.every(isObject)) return false;
  const labels = items.map((item) => labelOf(item).predicted);
  const sum = items.reduce((total, item) => total + scoreOf(item, undefined), 0);
  return labels.every((label) => label !== null) && new Set(labels).size === items.length && Math.abs(sum - 1) < 0.01;
}

function rowOf(item: unknown, wanted: string | undefined): CapturedRow {
  // All classes of a row with a score each: the likeliest is the prediction.
  if (Array.isArray(item) && item.length > 0 && item.every((one) => isObject(one) && labelOf(one).predicted !== null))
    return item.map((one) => rowOf(one, wanted)).reduce((best, row) => (row.score > best.score ? row : best));
  if (!isObject(item)) return { score: scoreOf(item, wanted), predicted: null, by: null };
  if (wanted === undefined && typeof item.prediction === 'string' && typeof item.probability === 'number')
    return { score: item.probability, predicted: item.prediction, by: 'label' };
  const label = labelOf(item);
  const key = keyIn(item, [...(wanted === undefined ? [] : [wanted]), ...scoreKeys]);
  const found = key === undefined ? undefined : item[key];
  if (label.predicted === null || key === wanted || !Array.isArray(found)) {
    // A key that was asked for says what its score is of.
    const own = key !== undefined && key === wanted ? { predicted: label.predicted, by: null } : label;
    return { score: scoreOf(item, wanted), ...own };
  }
  const numbers = found.filter((value): value is number => typeof value === 'number');
  return { score: numbers.length === 0 ? NaN : Math.max(...numbers), predicted: label.predicted, by: 'label' };
}

function labelOf(item: Record<string, unknown>): Pick<CapturedRow, 'predicted' | 'by'> {
  // A prediction in words is a class.
  if (typeof item.prediction === 'string') return { predicted: item.prediction, by: 'label' };
  const key = keyIn(item, labelKeys);
  const value = key === undefined ? undefined : item[key];
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
    return { predicted: null, by: null };
  return { predicted: String(value), by: key === 'predicted_label' ? key : 'label' };
}

/** A number; the last of a row's two probabilities; or the score in an object. */
function scoreOf(value: unknown, wanted: string | undefined): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  if (Array.isArray(value) && value.length <= 2) return scoreOf(value.at(-1), wanted);
  if (!isObject(value)) return NaN;
  const key = keyIn(value, [...(wanted === undefined ? [] : [wanted]), ...scoreKeys]);
  return key === undefined ? NaN : scoreOf(value[key], wanted);
}

const keyIn = (item: Record<string, unknown>, keys: readonly string[]) => keys.find((name) => name in item);

function csvScores(text: string, asked: number | null, wanted: string | undefined, classes: boolean): CapturedScores {
  const lines = text.trim().split(/\r?\n/).map(cellsOfLine);
  const named = classes && wanted === undefined ? namedLines(lines) : undefined;
  if (named !== undefined) return { rows: named, threshold: null };
  const place = wanted === undefined ? 0 : Number(wanted);
  const [first = []] = lines;
  // One line with as many values as rows were asked for is one value a row.
  const oneLine = wanted === undefined && lines.length === 1 && first.length > 1 && first.length === asked;
  if (!oneLine && wanted === undefined && first.length > 1)
    return { problem: `the answer has ${first.length} values in a line; say which is the score` };
  const cells = oneLine ? first : lines.map((line) => line[place] ?? '');
  const rows = cells.map(csvRow);
  return rows.every(({ score, predicted }) => Number.isFinite(score) || (classes && predicted !== ''))
    ? { rows: rows.map((row) => (classes ? row : { ...row, predicted: null })), threshold: null }
    : { problem: 'the answer holds something else than numbers' };
}

/** Lines of a class and its probability. */
function namedLines(lines: string[][]): CapturedRow[] | undefined {
  const rows = lines.map(([predicted = '', score = '']) => ({ score: Number(score), predicted, by: 'label' as const }));
  const fit = lines.every((line) => line.length === 2) && rows.every(({ score }) => score >= 0 && score <= 1);
  return fit ? rows : undefined;
}

/** The cells of a line of CSV; one with a comma or quotes in it stands in quotes. */
function cellsOfLine(line: string): string[] {
  if (!line.includes('"')) return line.split(',').map((cell) => cell.trim());
  const cells = [...`${line},`.matchAll(/(?:\s*"((?:[^"]|"")*)"\s*|([^,]*)),/g)];
  return cells.map(([, quoted, plain = '']) => (quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"')));
}

/** A lone value is a score, or where classes are asked for the class. */
const csvRow = (cell: string): CapturedRow => ({ score: cell === '' ? NaN : Number(cell), predicted: cell, by: null });

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
