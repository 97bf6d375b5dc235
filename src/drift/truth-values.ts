import type { CategorySample } from './sample.js';

const isTruth = (value: string): boolean => /^(true|false)$/i.test(value);

/**
 * Two samples in which nothing but truth values stands, in one spelling: `True`, `TRUE` and a typed `true` are the same
 * value, as they are to pandas. Any other word in either leaves both as they are.
 */
export function inOneSpelling(reference: CategorySample, current: CategorySample): [CategorySample, CategorySample] {
  const truths = [...reference.counts.keys(), ...current.counts.keys()].every(isTruth);
  return truths ? [respelt(reference), respelt(current)] : [reference, current];
}

function respelt(sample: CategorySample): CategorySample {
  const counts = lowerCase(sample.counts);
  return { ...sample, counts, chunks: sample.chunks?.map(lowerCase), text: false };
}

function lowerCase(counts: ReadonlyMap<string, number>): Map<string, number> {
  const found = new Map<string, number>();
  for (const [value, count] of counts) found.set(value.toLowerCase(), (found.get(value.toLowerCase()) ?? 0) + count);
  return found;
}
