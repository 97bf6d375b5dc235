import type { Datapoint, MetricReader } from '../../ports/metrics.js';
import type { Account } from '../account/place.js';

/** CloudWatch's metrics. */
export function metricReader({ clients }: Account): MetricReader {
  return {
    async query({ namespace, metric, dimensions, statistic, period, from, to }, { signal } = {}) {
      const cloudwatch = await clients.cloudwatch();
      const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
      const Metric = { Namespace: namespace, MetricName: metric, Dimensions };
      const points: Datapoint[] = [];
      let token: string | undefined;
      do {
        const page = await cloudwatch.getMetricData(
          {
            StartTime: from,
            EndTime: to,
            ScanBy: 'TimestampAscending',
            NextToken: token,
            MetricDataQueries: [{ Id: 'm', MetricStat: { Metric, Period: period, Stat: statistic } }],
          },
          { abortSignal: signal },
        );
        for (const { Timestamps = [], Values = [] } of page.MetricDataResults ?? [])
          Timestamps.forEach((at, index) => points.push({ at: at.toISOString(), value: Values[index]! }));
        token = page.NextToken;
      } while (token !== undefined);
      return points;
    },
  };
}
