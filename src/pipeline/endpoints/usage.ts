import { hourlyPrice } from '../../documents/hosting-prices.js';
import { CancelledError, messageOf } from '../../common/errors.js';
import type { CallOptions } from '../../platform/ports/calls.js';
import type { EndpointInfo } from '../../platform/ports/endpoints.js';
import type { Environment } from '../../platform/ports/environment.js';
import type { MetricReader } from '../../platform/ports/metrics.js';

/** What an endpoint costs and whether anybody uses it. What could not be told is null, and `reasons` say why. */
export interface EndpointUsage {
  /** US dollars, by a dated table. */
  hourlyCost: number | null;
  /** Requests in the last 24 hours, all variants. */
  invocations24h: number | null;
  /** No request in 24 hours. */
  idle: boolean | null;
  reasons: Record<string, string>;
}

const dayMs = 24 * 3600e3;

/** One query of metrics a variant; asked for the endpoints that somebody looks at. */
export async function usageOf(
  environment: Pick<Environment, 'kind' | 'region' | 'metrics'>,
  endpoint: EndpointInfo,
  now: Date,
  options: CallOptions = {},
): Promise<EndpointUsage> {
  const cost = costOf(environment, endpoint);
  const invoked = await invocationsOf(environment.metrics, endpoint, now, options);
  const idle = idleOf(endpoint, invoked, now);
  const reasons: Record<string, string> = {};
  const told = <Value>(figure: string, value: Value | string): Value | null => {
    if (typeof value !== 'string') return value;
    reasons[figure] = value;
    return null;
  };
  return {
    hourlyCost: told<number>('hourlyCost', cost),
    invocations24h: told<number>('invocations24h', invoked),
    idle: told<boolean>('idle', idle),
    reasons,
  };
}

/** Machines that are there cost, wished for or not; a figure that misses one of them would be a wrong one. */
function costOf(
  { kind, region }: Pick<Environment, 'kind' | 'region'>,
  { status, fleet }: EndpointInfo,
): number | string {
  if (kind === 'local') return 'it runs on this machine';
  if (status === 'Stopped') return 0;
  if (fleet === undefined || fleet.length === 0) return 'its machines are not known';
  let cost = 0;
  for (const { name, instance, instances } of fleet) {
    if (instance === undefined || instances === undefined)
      return `variant ${name} has no machines of its own: it is paid for by request`;
    const price = hourlyPrice(instance, region);
    if (typeof price === 'string') return price;
    cost += price * instances;
  }
  return Number(cost.toFixed(4));
}

async function invocationsOf(
  metrics: MetricReader,
  { name, status, serving, config }: EndpointInfo,
  now: Date,
  options: CallOptions,
): Promise<number | string> {
  if (status === 'Stopped') return 'it is stopped';
  const variants = (serving ?? config.variants).map((variant) => variant.name);
  try {
    const sums = await Promise.all(
      variants.map(async (variant) => {
        const points = await metrics.query(
          {
            ...{ namespace: 'AWS/SageMaker', metric: 'Invocations', statistic: 'Sum', period: 3600 },
            dimensions: { EndpointName: name, VariantName: variant },
            from: new Date(now.getTime() - dayMs),
            to: now,
          },
          options,
        );
        return points.reduce((sum, { value }) => sum + value, 0);
      }),
    );
    return sums.reduce((sum, one) => sum + one, 0);
  } catch (error) {
    if (error instanceof CancelledError || options.signal?.aborted) throw error;
    return `its metrics could not be read: ${messageOf(error)}`;
  }
}

/** An endpoint that was made an hour ago is not idle for a day; and without metrics nobody can say. */
function idleOf({ createdAt }: EndpointInfo, invoked: number | string, now: Date): boolean | string {
  if (typeof invoked === 'string') return invoked;
  if (invoked > 0) return false;
  const age = now.getTime() - Date.parse(createdAt);
  if (Number.isNaN(age)) return 'when it was made is not known';
  return age >= dayMs ? true : 'it was made less than 24 hours ago';
}
