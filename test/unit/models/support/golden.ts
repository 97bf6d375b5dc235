/** The reference generator: s = (1664525 s + 1013904223) mod 2^32, u = s / 2^32. */
export function lcgNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (1664525 * state + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}

/** n values (u + u + u - 1.5) * scale + shift. */
export function numbers(seed: number, n: number, shift: number, scale: number): number[] {
  const u = lcgNumbers(seed);
  return Array.from({ length: n }, () => (u() + u() + u() - 1.5) * scale + shift);
}

/** 300 rows with 20 distinct scores and 111 positives. */
export function binaryRows(): { labels: number[]; scores: number[] } {
  const u = lcgNumbers(31);
  const rows = Array.from({ length: 300 }, () => {
    const a = u();
    const b = u();
    const score = Math.floor((0.6 * b + 0.4 * a) * 20) / 20;
    return { score, label: u() < 0.1 + 0.6 * score ? 1 : 0 };
  });
  return { labels: rows.map(({ label }) => label), scores: rows.map(({ score }) => score) };
}
