import type { AskedColumns } from './predicted-columns.js';
import type { Table, TableColumn } from './roles.js';

/** What columns of captured requests are called, unless others are asked for. */
export const capturedWords = { time: 'inference_time', entity: 'record_id' } as const;

/** The column of the classes that captured answers name; undefined where their score alone is the prediction. */
export const predictedNames = ({ columns }: Table): TableColumn | undefined =>
  columns.find(({ name, distinct }) => name === 'prediction' && distinct > 0);

/** Where captured answers hold their prediction: their score; of several classes the one they name. */
export function capturedPredictions(
  table: Table,
  { score, class: ofClass }: AskedColumns,
  label: string | undefined,
): AskedColumns {
  if (score !== undefined || ofClass !== undefined) return { score, class: ofClass };
  const target = table.columns.find(({ name }) => name === label);
  const several = (target?.distinct ?? 0) > 2;
  const hasScore = table.columns.some(({ name }) => name === 'score');
  const named = predictedNames(table);
  if (named !== undefined && (several || !hasScore)) return { class: named.name };
  return hasScore ? { score: ['score'] } : {};
}
