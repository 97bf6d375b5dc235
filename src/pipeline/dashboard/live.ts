import type { CallOptions } from '../../platform/ports/calls.js';
import type { EndpointInfo } from '../../platform/ports/endpoints.js';
import type { Environment } from '../../platform/ports/environment.js';
import { reasonLeftOut } from '../look-at-each.js';
import { newestRelease } from '../releasing/stored.js';

const minuteMs = 60_000;
const windowMs = 5 * minuteMs;

/** What an endpoint did in the last five minutes, all variants together. */
export interface Traffic {
  requests: number;
  /** Requests a second. */
  rate: number;
  refused: number;
  failed: number;
  /** Microseconds, of the slowest variant in the newest clock's five minutes; null where none was measured. */
  p95: number | null;
}

export interface EndpointLive {
  /** Absent where it could not be read. */
  traffic?: Traffic;
  /** A release that is under way. */
  release?: { from: string | null; to: string; share: number };
  /** Why something is absent. */
  reason?: string;
}

/** What goes on at an endpoint now; what cannot be read says why. */
export async function liveOf(
  environment: Pick<Environment, 'metrics' | 'objects'>,
  endpoint: EndpointInfo,
  now: Date,
  options: CallOptions = {},
): Promise<EndpointLive> {
  const reasons: string[] = [];
  const orReason = <T>(work: Promise<T>) =>
    work.catch((error: unknown) => {
      reasons.push(reasonLeftOut(error));
      return undefined;
    });
  const isStopped = endpoint.status === 'Stopped';
  const [traffic, release] = await Promise.all([
    isStopped ? undefined : orReason(trafficOf(environment.metrics, endpoint, now, options)),
    endpoint.ours ? orReason(newestRelease(environment.objects, endpoint.name, options)) : undefined,
  ]);
  return {
    ...(traffic && { traffic }),
    ...(release?.outcome === null && {
      release: { from: release.from, to: release.to, share: release.steps[release.step] ?? 0 },
    }),
    ...(reasons.length > 0 && { reason: reasons.join('; ') }),
  };
}

async function trafficOf(
  metrics: Environment['metrics'],
  { name, serving, config }: EndpointInfo,
  now: Date,
  options: CallOptions,
): Promise<Traffic> {
  const variants = (serving ?? config.variants).filter(({ shadow }) => shadow !== true);
  const of = (VariantName: string) => ({
    namespace: 'AWS/SageMaker',
    dimensions: { EndpointName: name, VariantName },
  });
  const sum = async (metric: string) => {
    const from = new Date(now.getTime() - windowMs);
    const each = variants.map((variant) =>
      metrics.query({ ...of(variant.name), metric, statistic: 'Sum', period: 60, from, to: now }, options),
    );
    return (await Promise.all(each)).flat().reduce((total, { value }) => total + value, 0);
  };
  const p95 = async () => {
    const begun = Math.floor(now.getTime() / windowMs) * windowMs;
    const from = new Date(begun - windowMs);
    const each = variants.map((variant) =>
      metrics.query(
        { ...of(variant.name), metric: 'ModelLatency', statistic: 'p95', period: 300, from, to: now },
        options,
      ),
    );
    const newest = (await Promise.all(each)).flatMap((points) => points.at(-1)?.value ?? []);
    return newest.length === 0 ? null : Math.max(...newest);
  };
  const [requests, refused, failed, slow] = await Promise.all([
    sum('Invocations'),
    sum('Invocation4XXErrors'),
    sum('Invocation5XXErrors'),
    p95(),
  ]);
  return { requests, rate: (requests * 1000) / windowMs, refused, failed, p95: slow };
}

/** "12/s", "4/min": a rate in few signs. */
export function rateWords(rate: number): string {
  if (rate >= 9.5) return `${Math.round(rate).toLocaleString('en-US')}/s`;
  if (rate >= 1) return `${Number(rate.toFixed(1))}/s`;
  return `${Math.max(1, Math.round(rate * 60))}/min`;
}
