import { InputError } from '../../common/errors.js';
import { randomSource } from '../random-source.js';

/** One division of the rows: fitted on `train`, judged on `test`. Row numbers rise in both. */
export interface Fold {
  train: Int32Array;
  test: Int32Array;
}

/**
 * k parts of neighbouring rows, each judged once; with a seed, rows are shuffled before (scikit-learn's `KFold`: the
 * first `rows % k` parts have one row more).
 * @throws InputError where there are fewer rows than parts
 */
export function rowFolds(rows: number, k: number, seed: number | null = null): Fold[] {
  checkCount(rows, k, 'rows');
  const order = shuffled(rows, seed);
  const fold = new Int32Array(rows);
  for (let part = 0, next = 0; part < k; part++) {
    const size = Math.floor(rows / k) + (part < rows % k ? 1 : 0);
    for (const end = next + size; next < end; next++) fold[order[next]!] = part;
  }
  return foldsOf(fold, k);
}

/**
 * k parts with each label's share in all of them (scikit-learn's `StratifiedKFold`; without a seed the very same rows).
 * @throws InputError where every label has fewer rows than there are parts
 */
export function labelFolds(labels: ArrayLike<number>, k: number, seed: number | null = null): Fold[] {
  const rows = labels.length;
  checkCount(rows, k, 'rows');
  // Labels are numbered in the order of their first rows.
  const codes = new Map<number, number>();
  for (let row = 0; row < rows; row++) if (!codes.has(labels[row]!)) codes.set(labels[row]!, codes.size);
  const counts = new Int32Array(codes.size);
  for (let row = 0; row < rows; row++) counts[codes.get(labels[row]!)!]!++;
  checkCount(Math.max(...counts), k, 'rows of one label');
  const shares = sharesOf(counts, k);
  const fold = new Int32Array(rows);
  const used = shares.map(() => 0);
  const left = shares.map((share) => share.slice());
  for (const row of shuffled(rows, seed)) {
    const code = codes.get(labels[row]!)!;
    while (left[code]![used[code]!] === 0) used[code]!++;
    left[code]![used[code]!]!--;
    fold[row] = used[code]!;
  }
  return foldsOf(fold, k);
}

/** How many rows of each label each part gets: every k-th of the labels in order. */
function sharesOf(counts: Int32Array, k: number): Int32Array[] {
  const shares = Array.from(counts, () => new Int32Array(k));
  let at = 0;
  counts.forEach((count, code) => {
    for (let i = 0; i < count; i++, at++) shares[code]![at % k]!++;
  });
  return shares;
}

/**
 * k parts of nearly equal size, no group in two of them: the largest group first, each to the smallest part
 * (scikit-learn's `GroupKFold`). With a seed, groups of equal size come in another order.
 * @throws InputError where there are fewer groups than parts
 */
export function groupFolds(groups: readonly string[], k: number, seed: number | null = null): Fold[] {
  const sizes = new Map<string, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  checkCount(sizes.size, k, 'groups');
  const names = [...sizes.keys()].sort();
  const order = Array.from(shuffled(names.length, seed), (place) => names[place]!);
  const parts = new Map<string, number>();
  const full = new Float64Array(k);
  for (const group of order.sort((one, other) => sizes.get(other)! - sizes.get(one)!)) {
    const least = full.indexOf(Math.min(...full));
    full[least]! += sizes.get(group)!;
    parts.set(group, least);
  }
  return foldsOf(
    Int32Array.from(groups, (group) => parts.get(group)!),
    k,
  );
}

/**
 * k parts of the latest times, each judged by what was fitted on all times before it but the last `gap` of them
 * (scikit-learn's `TimeSeriesSplit`, on distinct times: rows of one time never stand on both sides).
 * @param times texts or numbers that sort as time does
 * @throws InputError where there are too few distinct times
 */
export function timeFolds(times: readonly (string | number)[], k: number, gap = 0): Fold[] {
  const distinct = [...new Set(times)].sort((one, other) => (one < other ? -1 : 1));
  const size = Math.floor(distinct.length / (k + 1));
  if (size === 0 || distinct.length - k * size - gap <= 0)
    throw new InputError(
      `found ${distinct.length} distinct times, expected more for ${k} parts${gap > 0 ? ` after a gap of ${gap}` : ''}`,
    );
  const place = new Map(distinct.map((time, at) => [time, at]));
  const places = times.map((time) => place.get(time)!);
  return Array.from({ length: k }, (_, part) => {
    const begin = distinct.length - (k - part) * size;
    return {
      train: rowsWhere(places, (at) => at < begin - gap),
      test: rowsWhere(places, (at) => at >= begin && at < begin + size),
    };
  });
}

function foldsOf(fold: Int32Array, k: number): Fold[] {
  return Array.from({ length: k }, (_, part) => ({
    train: rowsWhere(fold, (own) => own !== part),
    test: rowsWhere(fold, (own) => own === part),
  }));
}

function rowsWhere(values: ArrayLike<number>, wanted: (value: number) => boolean): Int32Array {
  const rows: number[] = [];
  for (let row = 0; row < values.length; row++) if (wanted(values[row]!)) rows.push(row);
  return Int32Array.from(rows);
}

function shuffled(rows: number, seed: number | null): Int32Array {
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  if (seed === null) return order;
  const random = randomSource(seed);
  for (let last = rows - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}

function checkCount(found: number, k: number, of: string): void {
  if (found < k) throw new InputError(`found ${found} ${of}, expected at least ${k}, one for each fold`);
}
