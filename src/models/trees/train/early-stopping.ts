import type { TrainingParameters } from '../parameters/parameters.js';
import type { ValidationMetric } from './validation-metric.js';

/** Watches the validation figures, round after round. */
export interface EarlyStopping {
  /** @returns the best round (from 1) once training should stop, else null */
  afterRound(round: number, figures: number[]): number | null;
  /** The best round so far by the first metric. */
  best(): number;
}

/** Stops when a metric has not improved for `early_stopping_round` rounds; with 0 only the last round counts as best. */
export function earlyStopping(metrics: ValidationMetric[], parameters: TrainingParameters): EarlyStopping | null {
  const { early_stopping_round: patience, early_stopping_min_delta: delta } = parameters;
  if (patience <= 0 || metrics.length === 0) return null;
  const watched = parameters.first_metric_only ? metrics.slice(0, 1) : metrics;
  const best = watched.map(() => ({ round: 0, figure: NaN }));

  function afterRound(round: number, figures: number[]): number | null {
    for (let i = 0; i < watched.length; i++) {
      const { figure } = best[i]!;
      const better = watched[i]!.higherIsBetter ? figures[i]! > figure + delta : figures[i]! < figure - delta;
      if (Number.isNaN(figure) || better) best[i] = { round, figure: figures[i]! };
      else if (round - best[i]!.round >= patience) return best[i]!.round;
    }
    return null;
  }

  return { afterRound, best: () => best[0]!.round };
}
