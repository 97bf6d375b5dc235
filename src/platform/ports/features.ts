import type { CallOptions } from './calls.js';
import type { PageOptions, Page } from './pages.js';

export interface FeatureDefinition {
  name: string;
  type: 'Integral' | 'Fractional' | 'String';
}

export interface FeatureGroup {
  name: string;
  status: string;
  /** Why it could not be made, changed, or filled; absent where nothing is wrong. */
  reason?: string;
  createdAt: string;
  recordId: string;
  eventTime: string;
  features: FeatureDefinition[];
  /** Records that are not deleted; undefined where counting would need a query. */
  rows?: number;
  updatedAt?: string;
  /** Prefix of its Parquet files in the bucket; `s3://bucket/prefix` in another one. */
  prefix?: string;
  /** Whether it answers single records at once, and whether it keeps files; absent where that is not said. */
  online?: boolean;
  offline?: boolean;
}

export interface ListedFeatureGroup {
  name: string;
  status: string;
  createdAt: string;
}

export interface FeatureReader {
  /** Cheap for any number of groups: none is described. */
  list(options?: PageOptions): Promise<Page<ListedFeatureGroup>>;
  describe(name: string, options?: CallOptions): Promise<FeatureGroup | undefined>;
  /** Local paths of all its Parquet files, for DuckDB. Offline-store columns included. */
  files(name: string, options?: CallOptions): Promise<string[]>;
}

export interface FeatureWriter {
  /** Creates the group or updates its schema; keeps its name and creation time. */
  define(group: Omit<FeatureGroup, 'status' | 'createdAt'>, options?: CallOptions): Promise<void>;
  /** Adds one finished Parquet file (with the offline-store columns) under the partition of its event time. */
  append(name: string, path: string, eventTime: Date, options?: CallOptions): Promise<string>;
}
