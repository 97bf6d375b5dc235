import type { TableColumn } from './roles.js';

/** What a binary score's numbers are: probabilities, percentages, or something that only their order says anything about. */
export type ScoreScale = 'probability' | 'percent' | 'other';

export function scaleOf({ range }: Pick<TableColumn, 'range'>): ScoreScale {
  if (range === undefined) return 'probability';
  const [least, most] = range;
  if (least >= 0 && most <= 1) return 'probability';
  return least >= 0 && most <= 100 ? 'percent' : 'other';
}
