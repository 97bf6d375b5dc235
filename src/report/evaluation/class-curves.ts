import type { Curves, Evaluation } from '../../documents/evaluation.js';
import { classFigure } from '../../project/rules/class-figure.js';
import type { ChartBlock, ChartSeries } from '../blocks/blocks.js';
import { formatNumber } from '../format/numbers.js';
import { rocChart } from '../monitoring/roc.js';

/** Of more lines than this none can be followed: those of the other classes stand in the document. */
const lines = ['line-1', 'line-2', 'line-3', 'line-4', 'line-5', 'line-6'] as const;
const mostLines = lines.length;

/** ROC and precision – recall of the chosen model, each class against the rest. */
export function classCurveCharts(
  { classes = [] }: Curves,
  figures: Evaluation['models'][number]['evaluations'][number]['figures'],
  what: string,
): ChartBlock[] {
  const rows = (name: string) => supportOf(figures, name);
  const shown = [...classes].sort((one, other) => rows(other.class) - rows(one.class)).slice(0, mostLines);
  if (shown.length === 0) return [];
  const line = (at: number, name: string, x: number[], y: number[], area?: number | null): ChartSeries => ({
    ...{ name: area == null ? name : `${name}, area ${formatNumber(area)}` },
    ...{ role: lines[at]!, draw: 'line', x, y },
  });
  const areaOf = (name: string) => (figures as Record<string, unknown>)[classFigure('roc_auc', name)];
  const roc = shown.map(({ class: name, roc: { fpr, tpr } }, at) => {
    const area = areaOf(name);
    return line(at, name, fpr, tpr, typeof area === 'number' ? area : null);
  });
  const pr = shown.map(({ class: name, pr: { recall, precision } }, at) => line(at, name, recall, precision));
  const left = classes.length - shown.length;
  const title = (name: string) =>
    `${name}, each class against the rest, ${what}${left > 0 ? ` (the ${shown.length} largest of ${classes.length})` : ''}`;
  return [
    { ...rocChart(roc, null), title: title('ROC curve') },
    {
      ...{ type: 'chart', id: 'pr', title: title('Precision – recall'), series: pr },
      ...{ x: { title: 'recall', min: 0, max: 1 }, y: { title: 'precision' }, marks: [] },
      summary: `${pr.map(({ name }) => name).join('; ')}.`,
    },
  ];
}

function supportOf(figures: object, name: string): number {
  const { classes = [], confusion = [] } = figures as { classes?: string[]; confusion?: number[][] };
  return (confusion[classes.indexOf(name)] ?? []).reduce((sum, count) => sum + count, 0);
}
