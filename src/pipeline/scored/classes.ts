import { basename } from 'node:path';
import { InputError } from '../../common/errors.js';
import { oneOf } from '../../common/nearest.js';
import { classesOfColumns } from '../../project/from-table/score-columns.js';
import { classKeys, same } from './labels.js';

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
  if (predicted !== undefined) return { ...sharedClasses(labels, predicted) };
  const names = classesOfColumns(table.pattern, table.scoreNames);
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
    scores: [],
    classes: { names, predicted: false },
  };
}

/** Every value of labels and predictions is a class; both are compared by what they mean, not by how they are spelt. */
function sharedClasses(labels: readonly (string | null)[], predicted: readonly (string | null)[]) {
  const [known, said] = [classKeys(labels), classKeys(predicted)];
  // Of several spellings the labels' shortest names the class.
  const spellings = new Map<string, string>();
  for (const [column, keys] of [[labels, known] as const, [predicted, said] as const])
    column.forEach((text, row) => {
      const key = keys[row];
      if (key === null || key === undefined) return;
      const before = spellings.get(key);
      if (before === undefined || text!.trim().length < before.length) spellings.set(key, text!.trim());
    });
  const order = [...spellings].sort(([, left], [, right]) => (left < right ? -1 : 1));
  const places = new Map(order.map(([key], place) => [key, place]));
  const placesOf = (keys: (string | null)[]) =>
    Float64Array.from(keys, (key) => (key === null ? NaN : places.get(key)!));
  const classes = { names: order.map(([, name]) => name), predicted: true };
  return { labels: placesOf(known), scores: [placesOf(said)], classes };
}
