import { CancelledError, messageOf } from '../../common/errors.js';
import type { MonitoringSchedule } from '../../platform/ports/schedules.js';
import type { CallOptions } from '../../platform/ports/calls.js';
import type { EndpointInfo } from '../../platform/ports/endpoints.js';
import type { Environment } from '../../platform/ports/environment.js';
import { configDrift } from './drift.js';
import { usageOf, type EndpointUsage } from './usage.js';

/** Everything that is shown of one endpoint that somebody opened; more calls than a list may cost. */
export interface EndpointLook extends EndpointUsage {
  endpoint: EndpointInfo;
  /** Null where it serves what was asked for. */
  drift: string | null;
  /** Null where they could not be read, and `reasons.schedules` says why; empty where there are none. */
  schedules: MonitoringSchedule[] | null;
}

export async function lookAt(
  environment: Environment,
  endpoint: EndpointInfo,
  now: Date,
  options: CallOptions = {},
): Promise<EndpointLook> {
  const [usage, schedules] = await Promise.all([
    usageOf(environment, endpoint, now, options),
    schedulesOf(environment, endpoint.name, options),
  ]);
  const drift = configDrift(endpoint);
  if (typeof schedules !== 'string') return { ...usage, endpoint, drift, schedules };
  return { ...usage, endpoint, drift, schedules: null, reasons: { ...usage.reasons, schedules } };
}

/** Many accounts may have none any more: what keeps from reading them is said beside the rest, which is still told. */
async function schedulesOf(
  { cloud }: Environment,
  endpoint: string,
  options: CallOptions,
): Promise<MonitoringSchedule[] | string> {
  try {
    return (await cloud?.schedules.list(endpoint, options)) ?? [];
  } catch (error) {
    if (error instanceof CancelledError || options.signal?.aborted) throw error;
    return messageOf(error);
  }
}
