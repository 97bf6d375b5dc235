import { rateWords, type EndpointLive } from '../../../pipeline/dashboard/live.js';
import { formatCount } from '../../../report/format/numbers.js';
import { valueText } from '../../../report/format/units.js';
import { plural, versionWord } from '../../../report/format/words.js';

/** "12/s · 8 ms · 3 errors": what fits beside a name in 300 pixels; nothing where nobody asks. */
export function liveWords({ traffic }: EndpointLive): string[] {
  if (traffic === undefined || traffic.requests === 0) return [];
  const errors = traffic.failed + traffic.refused;
  return [
    rateWords(traffic.rate),
    ...(traffic.p95 === null ? [] : [shortLatency(traffic.p95)]),
    ...(errors === 0 ? [] : [`${formatCount(errors)} ${plural(errors, 'error')}`]),
  ];
}

/** "v3 → v4 25 %". */
export function releaseWords({ from, to, share }: NonNullable<EndpointLive['release']>): string {
  const percent = `${Math.round(100 * share)} %`;
  return `${from === null ? '' : `${versionWord(from)} → `}${versionWord(to)} ${percent}`;
}

/** The same in full, a line each. */
export function liveLines({ traffic, release, reason }: EndpointLive): string[] {
  const under =
    release === undefined
      ? []
      : [
          `a release is under way: ${versionWord(release.to)} takes ${Math.round(100 * release.share)} % of the traffic`,
        ];
  return [
    ...under,
    ...(traffic === undefined ? [] : [trafficLine(traffic)]),
    ...(reason === undefined ? [] : [reason]),
  ];
}

function trafficLine({ requests, rate, refused, failed, p95 }: NonNullable<EndpointLive['traffic']>): string {
  if (requests === 0) return 'no request in the last 5 minutes';
  const latency =
    p95 === null ? 'latency not measured' : `p95 of the model's latency ${valueText(p95, 'Microseconds')}`;
  return (
    `last 5 minutes: ${formatCount(requests)} ${plural(requests, 'request')} (${rateWords(rate)}), ` +
    `${formatCount(failed)} failed (5xx), ${formatCount(refused)} refused (4xx), ${latency}`
  );
}

/** Two digits that mean something. */
function shortLatency(microseconds: number): string {
  return valueText(Number(microseconds.toPrecision(2)), 'Microseconds');
}
