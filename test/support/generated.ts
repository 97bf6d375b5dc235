/** The generator of the recorded reference values: exact in every language that has doubles. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    // 1664525 · 2^32 is below 2^53, so this is exact.
    state = (1664525 * state + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** `n` roughly bell-shaped numbers. */
export function numbers(seed: number, n: number, shift: number, scale: number): Float64Array {
  const next = generator(seed);
  return Float64Array.from({ length: n }, () => (next() + next() + next() - 1.5) * scale + shift);
}

/** `n` categories, each the first whose cut lies above a uniform number. */
export function categories(seed: number, n: number, cuts: number[], names: string): string[] {
  const next = generator(seed);
  return Array.from({ length: n }, () => {
    const u = next();
    return names[cuts.findIndex((cut) => u < cut)]!;
  });
}
