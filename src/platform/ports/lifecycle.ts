import type { CallOptions } from './calls.js';

export interface LifecycleRule {
  /** Unique in the bucket. */
  id: string;
  /** Objects below it; empty: all of the bucket. */
  prefix: string;
  /** Days after which an object goes. */
  expireDays?: number;
  /** Days after which a version goes that was replaced or deleted. */
  noncurrentDays?: number;
}

export interface LifecycleReader {
  /** Rules of the environment's bucket that this project made, and how many others there are. */
  read(options?: CallOptions): Promise<{ ours: LifecycleRule[]; others: number }>;
  /** What the id of a rule of this project begins with. */
  idPrefix: string;
}

export interface LifecycleWriter {
  /** Makes these the project's rules; others' stay as they are. */
  put(rules: LifecycleRule[], options?: CallOptions): Promise<void>;
}
