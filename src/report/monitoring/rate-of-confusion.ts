import type { Confusion } from '../../documents/evaluation.js';
import { agreementOf, ratesOf } from '../../models/metrics/confusion.js';
import type { RateName } from '../view.js';

/** A figure of the matrix and the number of rows that it is a share of; null over nothing. */
export function rateOfConfusion(figure: RateName, confusion: Confusion): { value: number | null; n: number } {
  const { tp, fp, fn, tn } = confusion;
  switch (figure) {
    case 'recall':
    case 'fnr':
      return { value: valueOf(figure, confusion), n: tp + fn };
    case 'precision':
      return { value: valueOf(figure, confusion), n: tp + fp };
    case 'fpr':
    case 'specificity':
      return { value: valueOf(figure, confusion), n: fp + tn };
    case 'false_positives':
      return { value: fp, n: fp + tn };
    case 'false_negatives':
      return { value: fn, n: tp + fn };
    default:
      return { value: valueOf(figure, confusion), n: tp + fp + fn + tn };
  }
}

function valueOf(figure: Exclude<RateName, 'false_positives' | 'false_negatives'>, confusion: Confusion) {
  return { ...ratesOf(confusion), ...agreementOf(confusion) }[figure];
}
