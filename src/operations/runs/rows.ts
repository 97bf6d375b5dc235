import { readRows, resultsAt } from '../../pipeline/rows/read-rows.js';
import { reads } from '../operation.js';

export interface RowsWish {
  /** `cell:fn`, `gate:recall`, `slice:…`, `column:…`, `record:…`. */
  selection: string;
  limit: number;
  /** With what moved each row's score. */
  contributions: boolean;
  /** Key of monitoring results; the newest without it. */
  results?: string;
}

/** The rows behind a figure of a verdict, the most wrong first. */
export const showRows = reads('runs.rows', async ({ environment, signal }, { results, ...wish }: RowsWish) =>
  readRows(environment, await resultsAt(environment, results), { ...wish, signal }),
);
