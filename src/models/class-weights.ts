import type { ClassWeight } from './read-options.js';

/** Rows' weights times their classes' (scikit-learn's `class_weight`): "balanced" is n / (classes * rows of the class). */
export function weightsOfRows(
  target: Float64Array,
  weight: Float64Array | undefined,
  classWeight: ClassWeight,
): Float64Array {
  const own = weight ? Float64Array.from(weight) : new Float64Array(target.length).fill(1);
  if (classWeight === null) return own;
  const factors = classWeight === 'balanced' ? balanced(target) : (label: number) => classWeight[label] ?? 1;
  return own.map((value, row) => value * factors(target[row]!));
}

function balanced(target: Float64Array): (label: number) => number {
  const counts = new Map<number, number>();
  for (const label of target) counts.set(label, (counts.get(label) ?? 0) + 1);
  return (label) => target.length / (counts.size * counts.get(label)!);
}
