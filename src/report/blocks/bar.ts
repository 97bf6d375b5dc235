import type { BarView } from '../view.js';

/** Room left beyond the larger of value and limit, so that a mark never stands on the edge. */
const headroom = 1.06;
/** A rate whose figures are all below this is drawn on its own scale, or it could not be seen. */
const visible = 0.2;

/** A value against its limit on one scale that begins at zero; null when there is no value to draw. */
export function barOf(
  value: number | null,
  limit: number | null,
  unit: boolean,
  text: { value: string; limit: string | null },
): BarView | null {
  if (value === null || !Number.isFinite(value)) return null;
  const ends = limit === null || !Number.isFinite(limit) ? [value, 0] : [value, limit, 0];
  const top = Math.max(...ends);
  const high = unit && top >= visible && top <= 1 ? 1 : Math.max(top * headroom, Number.MIN_VALUE);
  const low = Math.min(...ends) * headroom;
  const at = (x: number) => (x - low) / (high - low || 1);
  return {
    from: at(Math.min(0, value)),
    to: at(Math.max(0, value)),
    limit: ends.length === 3 ? at(limit!) : null,
    label: text.limit === null ? text.value : `${text.value} against a limit of ${text.limit}`,
  };
}
