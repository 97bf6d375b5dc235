import type { MetricReader, MetricWriter } from '../ports/metrics.js';
import { appendMetrics, readMetrics } from './metric-files.js';
import { pointsOf, startOf } from './metric-statistics.js';
import type { Place } from './place.js';

export function metricReader(place: Place): MetricReader {
  return {
    async query(query, options = {}) {
      options.signal?.throwIfAborted();
      return pointsOf(await readMetrics(place, query, startOf(query.from, query.period), query.to.getTime()), query);
    },
  };
}

export function metricWriter(place: Place): MetricWriter {
  return { put: (namespace, data) => appendMetrics(place, namespace, data) };
}
