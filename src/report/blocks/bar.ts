import type { Interval } from '../../documents/certainty.js';
import { formatNumber } from '../format/numbers.js';
import type { BarView } from '../view.js';

/** Room left beyond the larger of value and limit, so that a mark never stands on the edge. */
const headroom = 1.06;
/** A rate whose figures are all below this is drawn on its own scale, or it could not be seen. */
const visible = 0.2;

const between = ([low, high]: Interval) => `between ${formatNumber(low)} and ${formatNumber(high)}`;

const beside = (limit: string | null, afterInterval: boolean) =>
  limit === null ? '' : `${afterInterval ? ',' : ''} against a limit of ${limit}`;

/** A value against its limit on one scale that begins at zero; null when there is no value to draw. */
export function barOf(
  value: number | null,
  limit: number | null,
  unit: boolean,
  text: { value: string; limit: string | null },
  around: Interval | null = null,
): BarView | null {
  if (value === null || !Number.isFinite(value)) return null;
  const hasLimit = limit !== null && Number.isFinite(limit);
  const ends = [value, 0, ...(hasLimit ? [limit] : []), ...(around ?? [])];
  const top = Math.max(...ends);
  const high =
    unit && top >= visible && Math.max(value, hasLimit ? limit : 0) <= 1
      ? 1
      : Math.max(top * headroom, Number.MIN_VALUE);
  const low = Math.min(...ends) * headroom;
  const at = (x: number) => (x - low) / (high - low || 1);
  return {
    from: at(Math.min(0, value)),
    to: at(Math.max(0, value)),
    limit: hasLimit ? at(limit) : null,
    ...(around === null ? {} : { interval: [at(around[0]), at(around[1])] }),
    label: [text.value, ...(around === null ? [] : [between(around)])].join(', ') + beside(text.limit, around !== null),
  };
}
