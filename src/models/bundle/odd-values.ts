import { ownOf, setOwn } from '../../common/own.js';
import type { Bundle } from './bundle.js';
import { columnOf, wordsOf } from '../table/columns.js';
import type { Matrix } from '../table/matrix.js';
import { learnedWords } from '../preprocessing/origins.js';
import { momentOf } from '../preprocessing/moments.js';

/** Values that training never had, or that are not there, by raw column; columns without any are left out. */
export interface OddValues {
  /** Categories that training never had, and texts that are no date where dates were learned from. */
  unseen: Record<string, number>;
  missing: Record<string, number>;
}

/** Counts what a model has no answer of its own to, in rows as they were sent. */
export function oddValues(bundle: Pick<Bundle, 'inputs' | 'preprocessing'>, matrix: Matrix): OddValues {
  const odd: OddValues = { unseen: {}, missing: {} };
  bundle.inputs.forEach(({ name }, place) => {
    const values = matrix.columns[place] === name ? matrix.values[place]! : columnOf(matrix, name);
    const words = wordsOf(matrix, name);
    if (words === undefined) {
      const missing = countOf(values, Number.isNaN);
      if (missing > 0) odd.missing[name] = missing;
      return;
    }
    const known = knownWords(bundle, name);
    const isKnown = words.map((word) => known?.(word) ?? true);
    const isEmpty = words.map((word) => word === '' && known?.(word) !== true);
    const isMissing = (code: number) => !(code >= 0) || isEmpty[code]!;
    const missing = countOf(values, isMissing);
    const unseen = countOf(values, (code) => !isMissing(code) && !isKnown[code]!);
    if (unseen > 0) odd.unseen[name] = unseen;
    if (missing > 0) odd.missing[name] = missing;
  });
  return odd;
}

/** Adds the counts of further rows. */
export function addOdd(sum: OddValues, more: OddValues): void {
  for (const kind of ['unseen', 'missing'] as const)
    for (const [name, count] of Object.entries(more[kind]))
      setOwn(sum[kind], name, (ownOf(sum[kind], name) ?? 0) + count);
}

export function totalOf(counts: Record<string, number>): number {
  let sum = 0;
  for (const name in counts) sum += counts[name]!;
  return sum;
}

function countOf(values: Float64Array, fits: (value: number) => boolean): number {
  let count = 0;
  for (const value of values) if (fits(value)) count += 1;
  return count;
}

type Knows = ((word: string) => boolean) | null;
const learned = new WeakMap<object, Map<string, Knows>>();

/** Tells the words that a column was learned from; null where nothing says which they are. Found once a model. */
function knownWords({ preprocessing }: Pick<Bundle, 'preprocessing'>, name: string): Knows {
  let columns = learned.get(preprocessing);
  if (columns === undefined) learned.set(preprocessing, (columns = new Map<string, Knows>()));
  let found = columns.get(name);
  if (found === undefined) columns.set(name, (found = findKnown(preprocessing, name)));
  return found;
}

function findKnown(preprocessing: Bundle['preprocessing'], name: string): Knows {
  for (const step of preprocessing) {
    if (step.step === 'date' && Object.hasOwn(step.columns, name)) return (word) => !Number.isNaN(momentOf(word));
    const words = learnedWords(step, name);
    if (words === undefined) continue;
    const known = new Set(words);
    return (word) => known.has(word);
  }
  return null;
}
