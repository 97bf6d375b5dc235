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

/** How often each class is predicted, and how often it is the label. */
export interface ClassShares {
  predicted: ColumnStatistics;
  labels: ColumnStatistics;
}

/**
 * Two columns of several classes beside the model's inputs: how often each class is predicted, which needs no labels, and
 * how often it is the label, against the rows that the version was tested on, or others. None for other tasks.
 */
export function classDrift(
  version: ReadVersion,
  target: string,
  rows: Part,
  scored: Scored,
  reference: ClassShares | undefined = testShares(version),
): ColumnDrift[] {
  const now = classShares(rows, scored);
  if (now === undefined || reference === undefined) return [];
  const columns = [
    categoryDrift(predictionColumn, reference.predicted, now.predicted),
    categoryDrift(target, reference.labels, now.labels),
  ];
  const taken = new Set([...rows.matrix.columns, ...(rows.slices ?? []).map(({ name }) => name)]);
  return columns.filter(({ column }) => !taken.has(column));
}

/** Of scored rows; those without a prediction or label are none of it: they are counted elsewhere. */
export function classShares(rows: Part, { scores, several }: Scored): ClassShares | undefined {
  if (several === undefined) return undefined;
  const known = (places: Float64Array, classes: readonly string[]) =>
    textStatistics(
      Array.from(
        places.filter((place) => !Number.isNaN(place)),
        (place) => classes[place]!,
      ),
    );
  return { predicted: known(scores, several.classes), labels: known(rows.target, rows.classes ?? []) };
}

/** Of the rows that the version was tested on, as its evaluation counted them. */
function testShares(version: ReadVersion): ClassShares | undefined {
  const confusion = testConfusion(version);
  if (confusion === undefined) return undefined;
  const { classes, counts } = confusion;
  return {
    predicted: statisticsOfCounts(
      classes,
      classes.map((_, place) => counts.reduce((sum, row) => sum + row[place]!, 0)),
    ),
    labels: statisticsOfCounts(
      classes,
      counts.map((row) => row.reduce((sum, count) => sum + count, 0)),
    ),
  };
}

function statisticsOfCounts(classes: readonly string[], counts: readonly number[]): ColumnStatistics {
  const count = counts.reduce((sum, one) => sum + one, 0);
  const shares = counts.map((one) => (count === 0 ? 0 : one / count));
  return {
    ...textStatistics([]),
    null_pct: 0,
    count,
    ...(count > 0 && { categories: { values: [...classes], shares } }),
  };
}

function testConfusion({ evaluation }: ReadVersion): { classes: string[]; counts: number[][] } | undefined {
  const chosen = evaluation?.models.find(({ name }) => name === evaluation.chosen);
  const figures = chosen?.evaluations.find(({ split }) => split === 'test')?.figures;
  if (figures === undefined || classesOf(figures).length === 0) return undefined;
  return { classes: classesOf(figures), counts: figures.confusion as number[][] };
}
