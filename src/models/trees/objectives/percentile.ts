/** The median as LightGBM finds it: between the two middle values; with weights, where half of the weight lies below. */
export function median(values: Float64Array, weight: Float32Array | null): number {
  if (values.length <= 1) return values[0] ?? 0;
  return weight ? weightedMedian(values, weight) : plainMedian(values);
}

function plainMedian(values: Float64Array): number {
  const falling = values.slice().sort().reverse();
  const position = (values.length - 1) * 0.5;
  const next = Math.trunc(position) + 1;
  if (next >= values.length) return falling.at(-1)!;
  const share = position - (next - 1);
  return falling[next - 1]! - (falling[next - 1]! - falling[next]!) * share;
}

function weightedMedian(values: Float64Array, weight: Float32Array): number {
  const order = Int32Array.from(values, (_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b);
  const below = new Float64Array(values.length);
  let sum = 0;
  order.forEach((place, i) => (below[i] = sum += weight[place]!));
  const half = sum * 0.5;
  const last = values.length - 1;
  const found = below.findIndex((own) => own > half);
  const at = found < 0 ? last : Math.min(found, last);
  if (at === 0 || at === last) return values[order[at]!]!;
  const [low, high] = [values[order[at - 1]!]!, values[order[at]!]!];
  const step = below[at]! - below[at - 1]!;
  return step >= 1 ? ((half - below[at - 1]!) / step) * (high - low) + low : low;
}
