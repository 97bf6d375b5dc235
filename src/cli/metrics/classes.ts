import { basename } from 'node:path';
import { InputError } from '../../common/errors.js';
import { oneOf } from '../../common/nearest.js';
import { same } from './labels.js';

/** Names of the classes, and whether the scores are one predicted class a row. */
export interface ClassColumns {
  names: string[];
  predicted: boolean;
}

/**
 * Classes of a table: of a column of scores each (its name, or what `*` stands for in `p_*`), else every value among
 * labels and predictions. Labels and predictions come back as places among them, NaN where there is none.
 * @throws InputError naming the first row whose label is no class
 */
export function classesOf(
  file: string,
  table: {
    pattern: string[];
    scoreNames: string[];
    labels: readonly (string | null)[];
    predicted: readonly (string | null)[] | undefined;
  },
): { labels: Float64Array; scores: Float64Array[]; classes: ClassColumns } {
  const { labels, predicted } = table;
  const names = predicted === undefined ? columnClasses(table.pattern, table.scoreNames) : values(labels, predicted);
  const places = new Map(names.map((name, place) => [name, place]));
  const placeOf = (text: string | null, row: number) => {
    if (text === null || text === '') return NaN;
    const place = places.get(text) ?? names.findIndex((name) => same(name, text));
    if (place < 0)
      throw new InputError(`${basename(file)}, row ${row + 1}: found class "${text}", expected ${oneOf(text, names)}`);
    places.set(text, place);
    return place;
  };
  return {
    labels: Float64Array.from(labels, placeOf),
    scores: predicted === undefined ? [] : [Float64Array.from(predicted, placeOf)],
    classes: { names, predicted: predicted !== undefined },
  };
}

/** `p_a`, `p_b` by `p_*` are the classes `a`, `b`; columns named one by one lose what all of them begin with. */
function columnClasses(patterns: string[], columns: string[]): string[] {
  const around = patterns.length === 1 ? patterns[0]!.split('*') : [];
  if (around.length === 2) {
    const [before, after] = around as [string, string];
    return columns.map((column) => column.slice(before.length, column.length - after.length));
  }
  const shared = /^(?:[^_]*_)+/.exec(columns[0] ?? '')?.[0] ?? '';
  const prefix = columns.every((column) => column.startsWith(shared)) ? shared : '';
  return columns.map((column) => column.slice(prefix.length));
}

function values(...columns: readonly (readonly (string | null)[])[]): string[] {
  const found = new Set(columns.flat().filter((value): value is string => value !== null && value !== ''));
  return [...found].sort((left, right) => (left < right ? -1 : 1));
}
