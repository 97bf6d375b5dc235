import { type ColumnResult, finite, noValues, undecided, unsuited } from '../column-result.js';
import { distinctOf, distinctOfBoth } from '../methods/samples.js';
import { type CategorySample, presentIn, type Sample } from '../sample.js';
import { evidentlyMethods } from './evidently-methods.js';

/** Above so many reference values distances are taken, up to it tests. */
const smallSample = 1000;
/** Up to so many distinct values numbers count as categories. */
const fewValues = 5;
/** Whole numbers with at most so many distinct ones are categories by type. */
const fewIntegers = 10;

export type EvidentlyType = 'numerical' | 'categorical' | 'text';

/**
 * The type that Evidently (0.7) gives a column that nobody declared, going by the current table: whole numbers with at
 * most 10 distinct ones are categories, text with more distinct values than half of its rows is prose.
 */
export function evidentlyType(current: Sample): EvidentlyType {
  if (current.kind === 'numeric') {
    return current.integer && distinctOf(current.values, fewIntegers) !== undefined ? 'categorical' : 'numerical';
  }
  return current.text && current.counts.size > presentIn(current) / 2 ? 'text' : 'categorical';
}

/**
 * Evidently's verdict (0.7) on a column, by the method named or by its default choice, which goes by the number of
 * reference values alone. Numbers, above 1000: the normed Wasserstein distance (Jensen-Shannon for 5 distinct values or
 * fewer), up to 1000 the Kolmogorov-Smirnov test (chi-square for 3 to 5 distinct values, the z test below). Categories:
 * Jensen-Shannon, or chi-square and z. Missing and infinite values are left out.
 */
export function evidentlyColumn(reference: Sample, current: Sample, method?: string): ColumnResult {
  const type = evidentlyType(current);
  if (type === 'text' && method === undefined)
    return undecided('text_content_drift', 'Evidently trains a classifier to tell texts apart, which is not done here');
  const chosen = method ?? defaultMethod(type, reference, current);
  const { threshold } = evidentlyMethods[chosen]!;
  if (presentIn(reference) === 0 || presentIn(current) === 0) return undecided(chosen, noValues, threshold);
  // Few numbers are taken as categories by default; a method that was asked for must be one for numbers.
  const asNumbers = type === 'numerical' && (method !== undefined || evidentlyMethods[chosen]!.numeric !== undefined);
  return answer(chosen, asNumbers, reference, current);
}

function defaultMethod(type: EvidentlyType, reference: Sample, current: Sample): string {
  const small = presentIn(reference) <= smallSample;
  const numbers = type === 'numerical' && reference.kind === 'numeric' && current.kind === 'numeric';
  const distinct = numbers
    ? distinctOfBoth(reference.values, current.values, fewValues)?.length
    : categoryCount(reference, current);
  if (distinct === undefined) return small ? 'ks' : 'wasserstein';
  if (!small) return 'jensenshannon';
  return distinct <= 2 ? 'z' : 'chisquare';
}

/** Distinct categories of both, at most 3: no more matters. */
function categoryCount(reference: Sample, current: Sample): number {
  if (reference.kind === 'numeric' && current.kind === 'numeric')
    return distinctOfBoth(reference.values, current.values, 2)?.length ?? 3;
  const [before, after] = [reference, current] as CategorySample[];
  const added = [...after!.counts.keys()].filter((key) => !before!.counts.has(key));
  return Math.min(3, before!.counts.size + added.length);
}

function answer(method: string, asNumbers: boolean, reference: Sample, current: Sample): ColumnResult {
  const { threshold, answers, drifted, numeric, category } = evidentlyMethods[method]!;
  if (!(asNumbers ? numeric : category)) return unsuited(method, asNumbers ? 'categories' : 'numbers', threshold);
  const numbers = asNumbers && reference.kind === 'numeric' && current.kind === 'numeric';
  const figure = numbers ? numeric!(reference, current) : category!(reference, current);
  if (figure === null || Number.isNaN(figure))
    return undecided(method, 'there is too little in this column for the method', threshold);
  return {
    method,
    statistic: answers === 'distance' ? finite(figure) : null,
    p_value: answers === 'p' ? figure : null,
    threshold,
    drifted: drifted(figure, threshold),
  };
}
