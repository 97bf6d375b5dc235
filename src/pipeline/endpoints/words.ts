import { hostingPrices } from '../../documents/hosting-prices.js';
import type { MonitoringSchedule } from '../../platform/ports/schedules.js';
import type { VariantFleet } from '../../platform/ports/endpoints.js';
import { formatAge } from '../../report/format/dates.js';
import { plural } from '../../report/format/words.js';
import type { EndpointUsage } from './usage.js';

/** `90 %`: a share of traffic as people write it. */
export function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}

/** `2 × ml.m5.large`, `2 of 4 × ml.m5.large` while machines come or go. Empty where nothing is known of machines. */
export function machineWords({ instance, instances, desiredInstances }: VariantFleet): string {
  if (instance === undefined) return instances === undefined ? 'serverless' : '';
  if (instances === undefined) return instance;
  const count =
    desiredInstances === undefined || desiredInstances === instances
      ? String(instances)
      : `${instances} of ${desiredInstances}`;
  return `${count} × ${instance}`;
}

/** `90 %`, `90 % now, 50 % asked for` while traffic shifts. */
export function trafficWords({ weight, desiredWeight, shadow }: VariantFleet): string {
  if (shadow) return 'shadow';
  const [now, asked] = [percent(weight), percent(desiredWeight)];
  return now === asked ? now : `${now} now, ${asked} asked for`;
}

/** `about $0.23 an hour`, or why that is not known. */
export function costWords({ hourlyCost, reasons }: EndpointUsage): string {
  if (hourlyCost === null) return `cost unknown: ${reasons.hourlyCost}`;
  if (hourlyCost === 0) return 'costs nothing while it is stopped';
  const dollars = hourlyCost >= 100 ? hourlyCost.toFixed(0) : hourlyCost.toFixed(2);
  return `about $${dollars} an hour (prices of ${hostingPrices.asOf}, ${hostingPrices.region})`;
}

/** `no request in 24 h`, `1,204 requests in 24 h`, or why nobody can say. */
export function useWords({ invocations24h, idle, reasons }: EndpointUsage): string {
  if (invocations24h === null) return `requests unknown: ${reasons.invocations24h}`;
  if (invocations24h > 0) {
    const count = invocations24h.toLocaleString('en-US');
    return `${count} ${plural(invocations24h, 'request')} in 24 h`;
  }
  return idle === null ? `no request yet: ${reasons.idle}` : 'idle: no request in 24 h';
}

/** `Completed 2 h ago`, `CompletedWithViolations 2 h ago`, with the reason of what failed. */
export function scheduleWords({ status, reason, last }: MonitoringSchedule, now: Date): string {
  const state = status === 'Scheduled' ? [] : [status.toLowerCase(), reason];
  if (last === undefined) return [...state, 'never ran'].filter(Boolean).join(', ');
  return [...state, `last ${violationWords(last.status)} ${formatAge(last.scheduledAt, now)}`.trim(), last.reason]
    .filter(Boolean)
    .join(', ');
}

/** "CompletedWithViolations" as people say it. */
export function violationWords(status: string): string {
  return status.replace(/(?!^)([A-Z])/g, ' $1').toLowerCase();
}

/** "12/s", "4/min": a rate in few signs. */
export function rateWords(rate: number): string {
  if (rate >= 9.5) return `${Math.round(rate).toLocaleString('en-US')}/s`;
  if (rate >= 1) return `${Number(rate.toFixed(1))}/s`;
  return `${Math.max(1, Math.round(rate * 60))}/min`;
}
