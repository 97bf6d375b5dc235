import { knownFigure } from '../rules/known-figures.js';
import type { LiveFigure } from '../rules/live-rule.js';

/** The least and the most that a figure can be. */
export type Range = readonly [number, number];

const share: Range = [0, 1];
const positive: Range = [0, Infinity];

/** Of figures that are no shares. Sources: their definitions, docs/FIGURES.md. */
const ranges: Record<string, Range> = {
  mcc: [-1, 1],
  kappa: [-1, 1],
  log_loss: positive,
  rmse: positive,
  mae: positive,
  median_ae: positive,
  max_error: positive,
  mape: positive,
  r2: [-Infinity, 1],
  explained_variance: [-Infinity, 1],
  null_pct: [0, 100],
  null_rise: [-100, 100],
  z_mean: positive,
  psi: positive,
};

/** Undefined for a figure that nobody described. */
export function figureRange(figure: string): Range | undefined {
  if (Object.hasOwn(ranges, figure)) return ranges[figure];
  return knownFigure(figure)?.bounded ? share : undefined;
}

export const liveRange = (figure: LiveFigure): Range => (figure.startsWith('latency') ? positive : share);

/** Of a metric of SageMaker's own; undefined for one that somebody made. */
export function metricRange(metric: string): Range | undefined {
  if (/^(Memory|Disk)Utilization$/.test(metric)) return [0, 100];
  return /^(Invocations|Invocation.*Errors|InvocationsPerInstance|ModelLatency|OverheadLatency|.*Utilization)$/.test(
    metric,
  )
    ? positive
    : undefined;
}
