import { sortNumbers } from '../../common/sort-numbers.js';

/** The finite values in ascending order: missing and infinite ones are no part of a distribution. */
export function sorted(values: Float64Array): Float64Array {
  return sortNumbers(values.filter((value) => Number.isFinite(value)));
}

/** Walks over every distinct value of two sorted samples, with how many of each sample are at or below it. */
export function walkBoth(
  left: Float64Array,
  right: Float64Array,
  visit: (value: number, leftCount: number, rightCount: number) => void,
): void {
  let i = 0;
  let j = 0;
  while (i < left.length || j < right.length) {
    const value = Math.min(left[i] ?? Infinity, right[j] ?? Infinity);
    while (i < left.length && left[i] === value) i += 1;
    while (j < right.length && right[j] === value) j += 1;
    visit(value, i, j);
  }
}

/** The distinct values of a sorted sample; undefined when there are more than `atMost`. */
export function distinctOf(values: Float64Array, atMost: number): number[] | undefined {
  const distinct: number[] = [];
  for (const value of values) {
    if (value === distinct.at(-1)) continue;
    if (distinct.length === atMost) return undefined;
    distinct.push(value);
  }
  return distinct;
}

/** The same of two sorted samples together. */
export function distinctOfBoth(left: Float64Array, right: Float64Array, atMost: number): number[] | undefined {
  const [ofLeft, ofRight] = [distinctOf(left, atMost), distinctOf(right, atMost)];
  if (ofLeft === undefined || ofRight === undefined) return undefined;
  return distinctOf(Float64Array.from([...ofLeft, ...ofRight]).sort(), atMost);
}

/** How many distinct values two sorted samples have together. */
export function distinctCount(left: Float64Array, right: Float64Array): number {
  let count = 0;
  walkBoth(left, right, () => {
    count += 1;
  });
  return count;
}
