/** The known name that a misspelt one was probably meant to be: at most two edits away, and less than half of it. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const ranked = known
    .filter((candidate) => Math.abs(candidate.length - name.length) <= 2)
    .map((candidate) => ({ candidate, distance: edits(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= 2 && distance * 2 < Math.max(candidate.length, 3));
  return ranked.sort((left, right) => left.distance - right.distance)[0]?.candidate;
}

/** The known name with the fewest edits from a text, however many those are; the first among equals. */
export function closest(text: string, known: readonly string[]): string {
  const distance = (name: string) => edits(text.toLowerCase(), name.toLowerCase());
  const ranked = known.map((name) => ({ name, distance: distance(name) }));
  return ranked.sort((left, right) => left.distance - right.distance)[0]?.name ?? '';
}

/** "did you mean" for a near miss, else the whole list: what to say was expected. */
export function oneOf(name: unknown, known: readonly string[]): string {
  const guess = typeof name === 'string' ? nearest(name, known) : undefined;
  const all = known.map((word) => `"${word}"`).join(', ');
  const list = known.length === 1 ? all : `one of ${all}`;
  return guess === undefined ? list : `${list} (did you mean "${guess}"?)`;
}

/** Levenshtein distance, with two neighbours swapped counting as one edit (optimal string alignment). */
function edits(left: string, right: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const same = left[i - 1] === right[j - 1];
      row[j] = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1];
      if (swapped) row[j] = Math.min(row[j]!, beforeLast[j - 2]! + 1);
    }
    beforeLast = last;
    last = row;
  }
  return last[right.length]!;
}
