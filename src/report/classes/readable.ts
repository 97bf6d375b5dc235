export interface ClassRows {
  classes: readonly string[];
  /** Rows by true class, then by predicted class, in the order of `classes`. */
  confusion: readonly (readonly number[])[];
}

/** So many columns are read at a glance. */
const most = 12;

/** The same rows by the largest classes and, as the last one, all others together; `others`: how many those are. */
export function readable({ classes, confusion }: ClassRows): { names: string[]; counts: number[][]; others: number } {
  if (classes.length <= most + 1) {
    return { names: [...classes], counts: confusion.map((row) => [...row]), others: 0 };
  }
  const size = (place: number) => confusion[place]!.reduce((sum, count) => sum + count, 0);
  const largest = classes
    .map((_, place) => place)
    .sort((a, b) => size(b) - size(a))
    .slice(0, most)
    .sort((a, b) => a - b);
  const shown = new Map(largest.map((place, at) => [place, at]));
  const counts = Array.from({ length: most + 1 }, () => Array.from({ length: most + 1 }, () => 0));
  confusion.forEach((row, from) =>
    row.forEach((count, to) => {
      counts[shown.get(from) ?? most]![shown.get(to) ?? most]! += count;
    }),
  );
  const others = classes.length - most;
  return { names: [...largest.map((place) => classes[place]!), `${others} others`], counts, others };
}
