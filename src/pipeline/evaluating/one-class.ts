import type { Confusion } from '../../documents/evaluation.js';
import type { SplitFigures } from './evaluate.js';

/** Of fewer rows one class alone says nothing. */
const fewestRows = 2;

/** The class that every row is predicted as; null where there are several, or too few rows, and of a regression. */
export function onlyPrediction(figures: SplitFigures): string | null {
  if (!('confusion' in figures) || figures.n < fewestRows) return null;
  if (!Array.isArray(figures.confusion)) {
    const { tp, fp, fn, tn } = figures.confusion as Confusion;
    return tp + fp === 0 ? '0' : fn + tn === 0 ? '1' : null;
  }
  const { classes, confusion } = figures as { classes: string[]; confusion: number[][] };
  const predicted = classes.filter((_, place) => confusion.some((row) => row[place]! > 0));
  return predicted.length === 1 ? predicted[0]! : null;
}

/** A model that has learned nothing may still be right most of the time. */
export function oneClassOnly(figures: SplitFigures): string[] {
  const only = onlyPrediction(figures);
  return only === null ? [] : [`every one of ${figures.n} rows is predicted as ${only}`];
}
