import type { MonitoringResults } from '../../documents/monitoring.js';
import type { Overrides } from '../../documents/ledger.js';
import { evaluateGates } from '../../gates/evaluate.js';
import type { ProjectFile } from '../../project/schema.js';
import type { SplitFigures } from '../training/evaluate.js';
import { columnFigures, qualityFigures } from './figures.js';

/** Evaluates the project's rules of today on the figures that a monitor run stored. */
export function judgeAgain(file: ProjectFile, results: MonitoringResults, waivers: Overrides['waivers'], now: Date) {
  const stored = {
    ...results.metrics,
    n: results.n,
    reasons: results.reasons,
    ...(results.confusion_matrix === null ? {} : { confusion: results.confusion_matrix, positives: results.positives }),
  } as SplitFigures;
  const figures = {
    figures: qualityFigures(results.task === 'regression' ? 'regression' : 'binary', stored),
    columns: columnFigures(results.columns),
  };
  const { gates: rules, soft } = file.monitor;
  const { baselineMetrics: baseline, window } = results;
  return evaluateGates({ rules, soft, figures, baseline, window, waivers, now });
}
