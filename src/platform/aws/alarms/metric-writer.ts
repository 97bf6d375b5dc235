import type { MetricDatum as SdkDatum, StandardUnit } from '@aws-sdk/client-cloudwatch';
import { InputError } from '../../../common/errors.js';
import type { MetricDatum, MetricWriter } from '../../ports/metrics.js';
import type { Account } from '../account/place.js';

/** CloudWatch's limits on one request and one datum. */
const dataInRequest = 1000;
const bytesInRequest = 900_000;
const valuesInDatum = 150;
const largest = 2 ** 360;

/** Data of one series and moment become one datum with its values and their counts; requests are as full as they may be. */
export function metricWriter({ clients }: Account): MetricWriter {
  return {
    async put(namespace, data, { signal } = {}) {
      const cloudwatch = await clients.cloudwatch();
      for (const MetricData of requestsOf(distributions(namespace, data)))
        await cloudwatch.putMetricData({ Namespace: namespace, MetricData }, { abortSignal: signal });
    },
  };
}

/** @throws InputError for a value that CloudWatch does not take */
export function distributions(namespace: string, data: readonly MetricDatum[]): SdkDatum[] {
  const open = new Map<string, SdkDatum>();
  const all: SdkDatum[] = [];
  for (const { metric, dimensions, value, count = 1, unit, at } of data) {
    if (!Number.isFinite(value) || Math.abs(value) > largest)
      throw new InputError(`metric ${namespace} ${metric}: ${value} is no figure to store; expected a finite number`);
    const key = JSON.stringify([metric, Object.entries(dimensions).sort(), unit, at.getTime()]);
    let datum = open.get(key);
    if (datum === undefined || datum.Values!.length === valuesInDatum) {
      datum = {
        MetricName: metric,
        Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
        Timestamp: at,
        Unit: unit as StandardUnit | undefined,
        Values: [],
        Counts: [],
      };
      open.set(key, datum);
      all.push(datum);
    }
    datum.Values!.push(value);
    datum.Counts!.push(count);
  }
  return all;
}

export function requestsOf(data: readonly SdkDatum[]): SdkDatum[][] {
  const requests: SdkDatum[][] = [];
  let bytes = 0;
  for (const datum of data) {
    const size = JSON.stringify(datum).length;
    const last = requests.at(-1);
    if (last === undefined || last.length === dataInRequest || bytes + size > bytesInRequest) {
      requests.push([datum]);
      bytes = size;
    } else {
      last.push(datum);
      bytes += size;
    }
  }
  return requests;
}
