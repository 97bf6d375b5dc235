import type { ColumnStatistics } from '../../documents/baselines.js';
import type { ColumnDrift } from '../../documents/monitoring.js';
import { textStatistics } from '../../drift/category-baseline.js';
import { categoryDrift } from './drift-table.js';
import { classesOf } from './figures.js';
import type { Scored } from './evaluate.js';
import type { Part } from './parts.js';
import type { ReadVersion } from './read-version.js';

/** What the predictions of several classes are called in rules and reports, unless a column has the name. */
export const predictionColumn = 'prediction';

/**
 * Two columns of several classes beside the model's inputs: how often each class is predicted, which needs no labels, and
 * how often it is the label, against the rows that the version was tested on. None for other tasks.
 */
export function classDrift(
  version: ReadVersion,
  target: string,
  rows: Part,
  { scores, several }: Scored,
): ColumnDrift[] {
  const confusion = testConfusion(version);
  if (several === undefined || confusion === undefined) return [];
  const { classes, counts } = confusion;
  const predicted = Array.from(scores, (place) => (Number.isNaN(place) ? null : several.classes[place]!));
  const labels = Array.from(rows.target, (place) => (Number.isNaN(place) ? null : rows.classes![place]!));
  const columns = [
    columnOf(predictionColumn, classes, (place) => counts.reduce((sum, row) => sum + row[place]!, 0), predicted),
    columnOf(target, classes, (place) => counts[place]!.reduce((sum, count) => sum + count, 0), labels),
  ];
  const taken = new Set([...rows.matrix.columns, ...(rows.slices ?? []).map(({ name }) => name)]);
  return columns.filter(({ column }) => !taken.has(column));
}

/** Rows without a prediction or label are none of it: those are counted elsewhere. */
function columnOf(
  name: string,
  classes: readonly string[],
  countOf: (place: number) => number,
  now: readonly (string | null)[],
): ColumnDrift {
  const counts = classes.map((_, place) => countOf(place));
  const count = counts.reduce((sum, one) => sum + one, 0);
  const shares = counts.map((one) => (count === 0 ? 0 : one / count));
  const baseline: ColumnStatistics = {
    ...textStatistics([]),
    null_pct: 0,
    count,
    ...(count > 0 && { categories: { values: [...classes], shares } }),
  };
  return categoryDrift(name, baseline, textStatistics(now.filter((value) => value !== null)));
}

function testConfusion({ evaluation }: ReadVersion): { classes: string[]; counts: number[][] } | undefined {
  const chosen = evaluation?.models.find(({ name }) => name === evaluation.chosen);
  const figures = chosen?.evaluations.find(({ split }) => split === 'test')?.figures;
  if (figures === undefined || classesOf(figures).length === 0) return undefined;
  return { classes: classesOf(figures), counts: figures.confusion as number[][] };
}
