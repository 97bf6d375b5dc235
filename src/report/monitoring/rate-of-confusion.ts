import type { Confusion } from '../../documents/evaluation.js';
import type { RateName } from '../view.js';

/** A rate and what it is divided by; null over nothing. */
export function rateOfConfusion(figure: RateName, { tp, fp, fn, tn }: Confusion): { value: number | null; n: number } {
  const share = (part: number, whole: number) => ({ value: whole > 0 ? part / whole : null, n: whole });
  switch (figure) {
    case 'recall':
      return share(tp, tp + fn);
    case 'fnr':
      return share(fn, tp + fn);
    case 'precision':
      return share(tp, tp + fp);
    case 'f1':
      return { value: share(2 * tp, 2 * tp + fp + fn).value, n: tp + fp + fn + tn };
    case 'fpr':
      return share(fp, fp + tn);
    case 'specificity':
      return share(tn, fp + tn);
    case 'accuracy':
      return share(tp + tn, tp + fp + fn + tn);
    case 'false_positives':
      return { value: fp, n: fp + tn };
    case 'false_negatives':
      return { value: fn, n: tp + fn };
  }
}
