/**
 * Benjamini and Hochberg's p-values for many tests at once: those at or below a level hold a share of false ones of at
 * most that level. In the order given; null stays null and does not count.
 */
export function adjusted(p: readonly (number | null)[]): (number | null)[] {
  const tested = p.flatMap((value, at) => (value === null ? [] : [{ value, at }])).sort((a, b) => b.value - a.value);
  const result: (number | null)[] = p.map(() => null);
  let least = 1;
  tested.forEach(({ value, at }, place) => {
    least = Math.min(least, (value * tested.length) / (tested.length - place));
    result[at] = least;
  });
  return result;
}
