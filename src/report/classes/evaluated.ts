import type { Evaluation } from '../../documents/evaluation.js';

type Figures = Evaluation['models'][number]['evaluations'][number]['figures'];
export type ClassesEvaluated = Extract<Figures, { classes: string[] }>;

/** Whether figures are those of a classifier of several classes. */
export function isOfClasses(figures: Figures): figures is ClassesEvaluated {
  return Array.isArray(figures.classes) && Array.isArray(figures.confusion);
}
