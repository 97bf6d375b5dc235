import { newestFirst } from '../documents/offline-records.js';
import { identifier, parquetFiles } from './duckdb/sql.js';

/** What a feature group calls its id and its time; ours always the same. */
export interface GroupColumns {
  recordId: string;
  eventTime: string;
}
const ownColumns: GroupColumns = { recordId: 'record_id', eventTime: 'event_time' };

/**
 * SELECT over a feature group's Parquet files (paths on this machine) that gives every living record once: the latest
 * by event time, without records whose latest is a deletion. Columns: the id, the time, the features; nulls are null.
 */
export function latestRecords(files: readonly string[], { recordId, eventTime }: GroupColumns = ownColumns): string {
  const [id, time] = [identifier(recordId), identifier(eventTime)];
  return `SELECT * EXCLUDE (write_time, api_invocation_time, is_deleted) FROM (
  SELECT * FROM ${parquetFiles(files)}
  QUALIFY row_number() OVER (PARTITION BY ${id} ORDER BY ${time} DESC, ${newestFirst}) = 1
) WHERE NOT is_deleted`;
}

/** The same for a reader of a group by our names: one of others also has its id as `record_id`, its time as `event_time`. */
export function namedRecords(files: readonly string[], group: GroupColumns = ownColumns): string {
  const { recordId, eventTime } = group;
  const also = [
    ...(recordId === 'record_id' ? [] : [`${identifier(recordId)} AS record_id`]),
    ...(eventTime === 'event_time' ? [] : [`${identifier(eventTime)} AS event_time`]),
  ];
  const latest = latestRecords(files, group);
  return also.length === 0 ? latest : `SELECT *, ${also.join(', ')} FROM (${latest})`;
}

/** SELECT of everything that was ever written, deletions and the store's own columns included. */
export function allRecords(files: readonly string[]): string {
  return `SELECT * FROM ${parquetFiles(files)}`;
}
