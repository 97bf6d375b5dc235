import type { CallOptions } from './calls.js';

export interface Datapoint {
  /** Start of the period, ISO 8601. */
  at: string;
  value: number;
}

export interface MetricQuery {
  namespace: string;
  metric: string;
  dimensions: Record<string, string>;
  /** `Sum`, `Average`, `Minimum`, `Maximum`, `SampleCount`, `p99`, … */
  statistic: string;
  /** Seconds. */
  period: number;
  from: Date;
  to: Date;
}

export interface MetricReader {
  query(query: MetricQuery, options?: CallOptions): Promise<Datapoint[]>;
}

export interface MetricDatum {
  metric: string;
  dimensions: Record<string, string>;
  value: number;
  /** How often this value was observed; default 1. Several data with counts are a distribution. */
  count?: number;
  unit?: string;
  at: Date;
}

export interface MetricWriter {
  put(namespace: string, data: MetricDatum[], options?: CallOptions): Promise<void>;
}
