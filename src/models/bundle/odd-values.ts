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
  for (const { name } of bundle.inputs) {
    const [words, known] = [wordsOf(matrix, name), knownWords(bundle, name)];
    const isKnown = words?.map((word) => known?.(word) ?? true);
    const isEmpty = words?.map((word) => word === '' && known?.(word) !== true);
    let [unseen, missing] = [0, 0];
    for (const value of columnOf(matrix, name)) {
      if (words === undefined ? Number.isNaN(value) : !(value >= 0) || isEmpty![value]) missing++;
      else if (isKnown?.[value] === false) unseen++;
    }
    if (unseen > 0) odd.unseen[name] = unseen;
    if (missing > 0) odd.missing[name] = missing;
  }
  return odd;
}

export const totalOf = (counts: Record<string, number>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/** Tells the words that a column was learned from; null where nothing says which they are. */
function knownWords(
  { preprocessing }: Pick<Bundle, 'preprocessing'>,
  name: string,
): ((word: string) => boolean) | null {
  for (const step of preprocessing) {
    if (step.step === 'date' && Object.hasOwn(step.columns, name)) return (word) => !Number.isNaN(momentOf(word));
    const words = learnedWords(step, name);
    if (words === undefined) continue;
    const known = new Set(words);
    return (word) => known.has(word);
  }
  return null;
}
