import type { ClassWeight } from './read-options.js';

/** Rows' weights times their classes' (scikit-learn's `class_weight`): "balanced" is n / (classes * rows of the class). */
export function weightsOfRows(
  target: Float64Array,
  weight: Float64Array | undefined,
  classWeight: ClassWeight,
): Float64Array {
  const own = weight ? Float64Array.from(weight) : new Float64Array(target.length).fill(1);
  if (classWeight === null) return own;
  const factors = classWeight === 'balanced' ? balancedWeights(target) : classWeight;
  return own.map((value, row) => value * (factors[target[row]!] ?? 1));
}

/** By class: rows / (classes * rows of the class), or what `shaped` makes of it. */
export function balancedWeights(target: Float64Array, shaped = (weight: number) => weight): Record<number, number> {
  const counts = new Map<number, number>();
  for (const label of target) counts.set(label, (counts.get(label) ?? 0) + 1);
  const entries = [...counts].map(([label, count]) => [label, shaped(target.length / (counts.size * count))]);
  return Object.fromEntries(entries) as Record<number, number>;
}
