import type { Curves, Evaluation } from '../../documents/evaluation.js';
import type { ChartBlock, ChartSeries, TableBlock } from '../blocks/blocks.js';
import { classCurveCharts } from './class-curves.js';
import { classMatrix } from '../classes/class-matrix.js';
import { classTable } from '../classes/class-table.js';
import { isOfClasses } from '../classes/evaluated.js';
import { calibrationOf } from '../monitoring/calibration.js';
import { formatNumber } from '../format/numbers.js';
import { rocChart } from '../monitoring/roc.js';
import { slicesOf } from '../monitoring/slices.js';
import type { ReportContext } from '../report-context.js';
import { isAbsent, type Part } from '../view.js';

interface Judged {
  name: string;
  figures: Record<string, unknown>;
  curves?: Curves;
}

/**
 * ROC and precision – recall of every candidate on the deciding split; classes, calibration and slices of the chosen one.
 */
export function evaluatedCurves(
  evaluation: Evaluation,
  context: Pick<ReportContext, 'now' | 'commands'>,
): (ChartBlock | TableBlock)[] {
  const { models, chosen, task } = evaluation;
  const split =
    ['test', 'holdout', 'validation'].find((name) => models.some((model) => on(model, name)?.curves)) ?? 'test';
  const judged = models.flatMap((model): Judged[] => {
    const found = on(model, split);
    return found?.curves ? [{ name: model.name, figures: found.figures, curves: found.curves }] : [];
  });
  const best = models.find(({ name }) => name === chosen);
  const own = best && (on(best, split) ?? best.evaluations.at(-1));
  const calibration = own?.calibration && task === 'binary' ? calibrationOf(own.calibration, undefined) : null;
  const metrics = Object.fromEntries(
    Object.entries(own?.figures ?? {}).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
  const slices = slicesOf(
    { slices: own?.slices ?? null, worst: null, metrics, n: metrics.n ?? null },
    { ...context, overrides: [], commands: [] },
  );
  return [
    ...(own ? classBlocks(own.figures, metrics, `${chosen} on ${own.split}`) : []),
    ...(task === 'binary' ? curveCharts(judged, chosen, split) : []),
    ...(own?.curves?.classes ? classCurveCharts(own.curves, own.figures, `${chosen} on ${own.split}`) : []),
    ...there(calibration),
    ...there(slices).map((table) => ({ ...table, title: `Slices of ${chosen}, ${own?.split ?? split}` })),
  ];
}

/** What it does with each of several classes. */
function classBlocks(
  figures: Evaluation['models'][number]['evaluations'][number]['figures'],
  metrics: Record<string, number>,
  what: string,
): TableBlock[] {
  if (!isOfClasses(figures)) return [];
  const { classes, confusion, reasons } = figures;
  return [
    classMatrix({ classes, confusion }, what),
    classTable({ classes, confusion, metrics, reasons, intervals: {}, baselineMetrics: {} }, what),
  ];
}

function there<T extends object>(part: Part<T>): T[] {
  return part === null || isAbsent(part) ? [] : [part];
}

function on(model: Evaluation['models'][number], split: string) {
  return model.evaluations.find((one) => one.split === split);
}

function curveCharts(judged: Judged[], chosen: string, split: string): ChartBlock[] {
  const series = (
    x: (curves: Curves) => number[] | undefined,
    y: (curves: Curves) => number[] | undefined,
    area: string,
  ) =>
    judged.flatMap(({ name, figures, curves }): ChartSeries[] => {
      const [xs, ys] = [curves && x(curves), curves && y(curves)];
      if (!xs || !ys || xs.length < 2) return [];
      const value = figures[area];
      const label = typeof value === 'number' ? `${name}, area ${formatNumber(value)}` : name;
      return [{ name: label, role: name === chosen ? 'current' : 'baseline', draw: 'line', x: xs, y: ys }];
    });
  const roc = series(
    ({ roc: curve }) => curve?.fpr,
    ({ roc: curve }) => curve?.tpr,
    'roc_auc',
  );
  const pr = series(
    ({ pr: curve }) => curve?.recall,
    ({ pr: curve }) => curve?.precision,
    'average_precision',
  );
  return [
    ...(roc.length > 0 ? [{ ...rocChart(roc, null), title: `ROC curve, ${split}` }] : []),
    ...(pr.length > 0
      ? [
          {
            type: 'chart' as const,
            id: 'pr',
            title: `Precision – recall, ${split}`,
            series: pr,
            x: { title: 'recall', min: 0, max: 1 },
            y: { title: 'precision' },
            marks: [],
            summary: `${pr.map(({ name }) => name).join('; ')}.`,
          },
        ]
      : []),
  ];
}
