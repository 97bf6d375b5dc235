import type { MonitoringResults } from '../../documents/monitoring.js';
import type { Overrides } from '../../documents/ledger.js';
import { evaluateGates, type GateOutcome } from '../../gates/evaluate.js';
import type { FigureSet } from '../../gates/figures.js';
import { productionRules } from '../../gates/production-rules.js';
import type { ProjectFile } from '../../project/schema.js';
import type { SplitFigures } from '../evaluating/evaluate.js';
import {
  baselineIntervalsOf,
  baselineOf,
  columnFigures,
  countsOfStored,
  qualityFigures,
} from '../evaluating/figures.js';
import { withEstimates } from './estimated-figures.js';
import { sliceFigures } from '../evaluating/slices.js';

/** Evaluates the project's rules of today on the figures that a monitor run stored. */
export function judgeAgain(
  { monitor }: Pick<ProjectFile, 'monitor'>,
  results: Stored,
  waivers: Overrides['waivers'],
  now: Date,
): GateOutcome {
  return evaluateGates({
    rules: productionRules(monitor.gates).judged,
    soft: monitor.soft,
    figures: figuresOfResults(results),
    baseline: baselineOf(results.baselineMetrics, results.columns),
    baselineIntervals: baselineIntervalsOf(results.baselineIntervals, results.columns),
    window: results.window,
    waivers,
    now,
  });
}

/** What of a monitoring result gates are judged on. */
export type Stored = Pick<
  MonitoringResults,
  | 'task'
  | 'metrics'
  | 'n'
  | 'positives'
  | 'confusion_matrix'
  | 'classes'
  | 'class_confusion'
  | 'reasons'
  | 'columns'
  | 'slices'
  | 'intervals'
  | 'baselineMetrics'
  | 'baselineIntervals'
  | 'unlabelled'
  | 'estimated'
  | 'window'
>;

/** Every figure that rules can name, as a monitor run stores it. */
export function figuresOfResults(results: Stored): FigureSet {
  const {
    task,
    metrics,
    n,
    positives,
    confusion_matrix: confusion,
    classes,
    class_confusion,
    reasons,
    columns,
    slices = [],
    intervals,
  } = results;
  const counted = countsOfStored({ confusion, classes, class_confusion, positives });
  const stored = { ...metrics, n, reasons, ...counted } as SplitFigures;
  return {
    figures: {
      ...withEstimates(task, qualityFigures(task, stored, intervals), results),
      ...sliceFigures(task, slices),
    },
    columns: columnFigures(columns),
  };
}
