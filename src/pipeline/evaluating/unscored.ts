import type { ColumnDrift } from '../../documents/monitoring.js';
import type { Bundle } from '../../models/bundle/bundle.js';
import { predictionColumn } from './class-drift.js';

/**
 * How many rows an endpoint elsewhere or a serving command gave no score, in percent, as a column of its own that rules of nulls watch: no
 * input tells it. It is held against none, for either is there to answer. Of several classes the column of predictions
 * is there already. Of a model that is here the inputs tell.
 */
export function withUnscored(
  columns: ColumnDrift[],
  { model }: Pick<Bundle, 'model'>,
  scores: Float64Array,
  taken: readonly string[],
): ColumnDrift[] {
  if (model.kind !== 'url' && model.kind !== 'command') return columns;
  const rows = scores.length;
  const count = rows - scores.filter(Number.isNaN).length;
  const nullPct = rows === 0 ? null : (100 * (rows - count)) / rows;
  const classes = taken.includes(predictionColumn)
    ? -1
    : columns.findIndex(({ column }) => column === predictionColumn);
  if (classes >= 0)
    return columns.with(classes, {
      ...columns[classes]!,
      baseline: { ...columns[classes]!.baseline, nullPct: 0 },
      current: { ...columns[classes]!.current, nullPct, rows },
    });
  const figures = { mean: null, std: null };
  const names = [predictionColumn, `${predictionColumn}_made`, `${predictionColumn}_made_elsewhere`];
  return [
    ...columns,
    {
      column: names.find((name) => !taken.includes(name)) ?? names[0]!,
      unscored: true,
      baseline: { ...figures, nullPct: 0, count: 0 },
      current: { ...figures, nullPct, count, rows },
      ...{ z: null, infinite: false, psi: null, importance: null, histogram: null },
      reason: 'only what is missing is watched',
    },
  ];
}
