import { parquetFiles } from './sql.js';

/** The columns that the offline store adds to a record; no feature may bear such a name. */
export const storeColumns = ['record_id', 'event_time', 'write_time', 'api_invocation_time', 'is_deleted'] as const;

/**
 * SELECT over a feature group's Parquet files (paths on this machine) that gives every living record once: the latest
 * by event time, without records whose latest is a deletion. Columns: record_id, event_time, the features; nulls are null.
 */
export function latestRecords(files: readonly string[]): string {
  return `SELECT * EXCLUDE (write_time, api_invocation_time, is_deleted) FROM (
  SELECT * FROM ${parquetFiles(files)}
  QUALIFY row_number() OVER (PARTITION BY record_id ORDER BY event_time DESC, write_time DESC, is_deleted DESC) = 1
) WHERE NOT is_deleted`;
}
