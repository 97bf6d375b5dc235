import { mostProbable } from '../../models/metrics/class-scores.js';
import { probabilities } from '../../models/bundle/score.js';
import type { Bundle } from '../../models/bundle/bundle.js';
import type { Matrix } from '../../models/table/matrix.js';

/** The labels of rows: of several classes places in the list of their names, NaN for a row without. */
export interface Labels {
  target: Float64Array;
  classes?: string[];
}

/** What a model of several classes says of some rows. */
export interface ClassScoresOfRows {
  /** The classes that it knows, in the order of its probabilities. */
  classes: readonly string[];
  /** One column a class; none where only the predicted class is known. */
  probabilities: Float64Array[];
  /** Predictions made elsewhere: what their model knows is not known here. */
  elsewhere?: true;
}

/** Numbers as people count, texts as Python sorts them. */
export function sortedClasses(names: Iterable<string>): string[] {
  const all = [...new Set(names)];
  const counted = all.every((name) => /^(0|-?[1-9]\d{0,14})$/.test(name));
  return counted ? all.sort((left, right) => Number(left) - Number(right)) : all.sort(byCodePoint);
}

const byCodePoint = (left: string, right: string): number => {
  const [one, other] = [[...left], [...right]];
  for (let at = 0; at < Math.min(one.length, other.length); at += 1)
    if (one[at] !== other[at]) return one[at]!.codePointAt(0)! - other[at]!.codePointAt(0)!;
  return one.length - other.length;
};

/** Texts as places in the sorted list of those that occur; NaN where there is none. */
export function classesOfTexts(texts: readonly (string | null)[]): { classes: string[]; target: Float64Array } {
  const classes = sortedClasses(texts.filter((text) => text !== null));
  const places = new Map(classes.map((name, place) => [name, place]));
  return { classes, target: Float64Array.from(texts, (text) => (text === null ? NaN : places.get(text)!)) };
}

/** Those of a part's classes that some row of it has. */
export function occurringClasses({ classes = [], target }: Labels): string[] {
  const seen = new Set(target);
  return classes.filter((_, place) => seen.has(place));
}

/**
 * Labels as places in a list that begins with these classes; those of the part's rows that are not among them follow, in
 * the part's order.
 */
export function inClasses(
  { classes = [], target }: Labels,
  known: readonly string[],
): { classes: string[]; target: Float64Array } {
  const all = [...known, ...occurringClasses({ classes, target }).filter((name) => !known.includes(name))];
  const places = classes.map((name) => all.indexOf(name));
  return { classes: all, target: target.map((place) => (Number.isNaN(place) ? NaN : places[place]!)) };
}

/** The probabilities of all classes, and the place of the most probable one; NaN for a row that the model has none for. */
export function classScores(bundle: Bundle, matrix: Matrix): ClassScoresOfRows & { predicted: Float64Array } {
  const columns = probabilities(bundle, matrix);
  const known = (row: number) => columns.every((column) => !Number.isNaN(column[row]!));
  const predicted = Float64Array.from(mostProbable(columns, matrix.rows), (place, row) => (known(row) ? place : NaN));
  return { classes: bundle.classes ?? [], probabilities: columns, predicted };
}
