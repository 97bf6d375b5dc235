import type { CallOptions } from './calls.js';

export interface QueryAnswer {
  columns: { name: string; type: string }[];
  rows: (string | number | boolean | null)[][];
  /** Whether there are rows beyond these. */
  more: boolean;
  /** The whole result as CSV, `s3://bucket/key`. */
  result: string;
  scannedBytes?: number;
}

export interface QueryWriter {
  /** Runs a SELECT over `records` and `history` of a feature group by Athena, which leaves its result in the bucket. */
  featureGroup(name: string, sql: string, options?: CallOptions & { limit?: number }): Promise<QueryAnswer>;
}
