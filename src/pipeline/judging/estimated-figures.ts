import type { MonitoringResults } from '../../documents/monitoring.js';
import type { EstimatedFigure } from '../../documents/performance-estimator.js';
import { figureText } from '../../gates/figure-text.js';
import type { Figure } from '../../gates/figures.js';
import { estimableOf, estimateOf } from '../../project/rules/estimable.js';
import type { Task } from '../../project/rules/known-figures.js';

const width = 1.959963984540054;

/**
 * The figures with their estimates: `estimated roc_auc` of the rows without a label, and beside a figure that is not known
 * yet what it is estimated to be. Once every row has its label, an estimate is the figure itself.
 */
export function withEstimates(
  task: Task,
  figures: Record<string, Figure>,
  { estimated, unlabelled = 0 }: Pick<MonitoringResults, 'estimated' | 'unlabelled'>,
): Record<string, Figure> {
  const told = Object.entries(figures).map(([name, figure]): [string, Figure] => {
    const estimate = estimated?.[name];
    return [name, estimate === undefined ? figure : { ...figure, estimate: `estimated ${inWords(estimate)}` }];
  });
  const estimates = estimableOf(task).map((name): [string, Figure] => {
    if (unlabelled === 0)
      return [estimateOf(name), { ...figures[name]!, note: 'all labels have come: it is no estimate' }];
    const estimate = estimated?.[name];
    return [estimateOf(name), estimate === undefined ? unknown(unlabelled) : figureOf(estimate, task)];
  });
  return Object.fromEntries([...told, ...estimates]);
}

function figureOf({ value, error, n }: EstimatedFigure, task: Task): Figure {
  const method =
    task === 'regression'
      ? 'estimated without labels: trees of the errors on the test rows (DLE)'
      : 'estimated without labels: from scores calibrated on the test rows (CBPE)';
  return { value, n, method, estimated: true, interval: [value - width * error, value + width * error] };
}

const unknown = (n: number): Figure => ({
  value: null,
  n,
  method: 'not computed',
  reason:
    'this version cannot estimate it: it was registered before versions could, or had too few test rows to learn from',
});

/** "0.86 (0.84 to 0.88)", with 95 % confidence. */
function inWords({ value, error }: EstimatedFigure): string {
  return `${figureText(value)} (${figureText(value - width * error)} to ${figureText(value + width * error)})`;
}
