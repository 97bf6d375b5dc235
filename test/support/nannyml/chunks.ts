/** Rows `from` up to `to` (not with it). */
export interface Chunk {
  from: number;
  to: number;
}

/** Chunks of so many rows, the last with what is left over. */
export function chunksOfSize(rows: number, size: number): Chunk[] {
  return Array.from({ length: Math.ceil(rows / size) }, (_, at) => ({
    from: at * size,
    to: Math.min(rows, (at + 1) * size),
  }));
}

/** So many chunks of one size, and one more with what is left over, as NannyML cuts them. */
export function chunksOfNumber(rows: number, count: number): Chunk[] {
  return chunksOfSize(rows, Math.max(1, Math.floor(rows / count)));
}

/**
 * Where a figure of a chunk is out of the ordinary: 3 standard deviations (over n) of the reference's chunks around their
 * mean, within the bounds that the figure has. Chunks of which it is not known are left out.
 */
export function usualRange(values: readonly (number | null)[], bounds: [number, number]): [number, number] | null {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return null;
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const spread = Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length);
  return [Math.max(bounds[0], mean - 3 * spread), Math.min(bounds[1], mean + 3 * spread)];
}

/** How far chance reaches: 3 sampling errors around a value, within its bounds. */
export function band(value: number, error: number, bounds: [number, number]): [number, number] {
  return [Math.max(bounds[0], value - 3 * error), Math.min(bounds[1], value + 3 * error)];
}
