import { InputError } from '../../common/errors.js';
import { oneOf } from '../../common/nearest.js';
import type { JoinedRow } from '../../documents/capture/label-join.js';
import { same } from './labels.js';

const words: Record<string, boolean> = {
  positive: true,
  negative: false,
  true: true,
  false: false,
  yes: true,
  no: false,
};

/**
 * Scores of the positive class. Where an answer names a class, the score is that class's own, and the positive one's is
 * what is left of 1 beside a negative class; but where every score beside a negative class is below one half, or the
 * answers are a linear learner's, they are the positive class's already.
 * @throws InputError for a class that could be either
 */
export function positiveScores(rows: readonly JoinedRow[], truths: readonly string[], positive: string): Float64Array {
  const isPositive = new Map<string, boolean>();
  const sideOf = (label: string) => {
    const known = isPositive.get(label) ?? sideOfLabel(label, truths, positive);
    isPositive.set(label, known);
    return known;
  };
  const negatives = rows.filter(({ predicted, by }) => by !== null && predicted !== null && !sideOf(predicted));
  const all = (holds: (score: number) => boolean) => negatives.every(({ score }) => holds(score));
  const own =
    all((score) => score >= 0.5) || (!all((score) => score < 0.5) && negatives.every(({ by }) => by === 'label'));
  return Float64Array.from(rows, ({ score, predicted, by }) =>
    by !== null && predicted !== null && own && !sideOf(predicted) ? 1 - score : score,
  );
}

function sideOfLabel(label: string, truths: readonly string[], positive: string): boolean {
  // Transformers name a class without a name by its number.
  const text = /^LABEL_(\d+)$/.exec(label)?.[1] ?? label;
  if (same(text, positive)) return true;
  if (truths.some((truth) => same(text, truth)) || same(text, '0')) return false;
  const word = words[text.toLowerCase()];
  if (word !== undefined) return word;
  if (!same(positive, '1')) return false;
  throw new InputError(
    `captured answers name the class "${label}", expected ${oneOf(label, truths)}; say which is positive: --positive VALUE`,
  );
}
