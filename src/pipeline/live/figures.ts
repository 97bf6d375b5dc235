import { binaryEvaluation } from '../../models/metrics/binary-evaluation.js';
import type { Outcome } from './kept.js';

/** A metric's name without its window, its value, its unit. */
export interface LiveFigure {
  name: 'PR-AUC' | 'F1' | 'ThresholdHitRate' | 'Samples';
  value: number;
  unit?: 'Count';
}

/** How predictions turned out: none without outcomes, and none that cannot be computed. `threshold`: from which risk on a row counts as positive. */
export function figuresOf(outcomes: readonly Outcome[], threshold: number): LiveFigure[] {
  const known = outcomes.filter((one): one is Outcome & { risk: number } => one.risk !== null);
  if (known.length === 0) return [];
  const labels = known.map(({ label }) => label);
  const scores = known.map(({ risk }) => risk);
  const { average_precision: area, f1 } = binaryEvaluation(labels, scores, threshold);
  const hits = scores.filter((score) => score >= threshold).length;
  return [
    ...(area === null ? [] : [{ name: 'PR-AUC', value: area } as const]),
    ...(f1 === null ? [] : [{ name: 'F1', value: f1 } as const]),
    { name: 'ThresholdHitRate', value: hits / known.length },
    { name: 'Samples', value: known.length, unit: 'Count' },
  ];
}
