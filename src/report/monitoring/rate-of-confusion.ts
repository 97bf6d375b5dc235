import type { Confusion } from '../../documents/evaluation.js';
import { confusionFigure } from '../../models/metrics/binary-figures.js';

/** A figure of a confusion matrix and what it is divided by; the value is null over nothing. */
export interface Rate {
  value: number | null;
  n: number;
}

/** Counts that other systems put gates on, and the rows they are of. */
const counts: Record<string, (confusion: Confusion) => Rate> = {
  false_positives: ({ fp, tn }) => ({ value: fp, n: fp + tn }),
  false_negatives: ({ tp, fn }) => ({ value: fn, n: tp + fn }),
};

/** Whether a figure follows from the confusion matrix alone, and so moves with the threshold. */
export function movesWithThreshold(figure: string): boolean {
  return confusionFigure(figure) !== undefined || Object.hasOwn(counts, figure);
}

/** A figure that moves with the threshold, at these counts; null for any other figure. */
export function rateOfConfusion(figure: string, confusion: Confusion): Rate {
  const known = confusionFigure(figure);
  if (known === undefined) return counts[figure]?.(confusion) ?? { value: null, n: 0 };
  const { tp, fp, fn, tn } = confusion;
  return { value: known.of(confusion), n: known.parts?.(confusion)[1] ?? tp + fp + fn + tn };
}
