const digitBits = 11;
const digits = 1 << digitBits;
/** Below this many values the platform's own sort is faster. */
const fewValues = 2000;
/** A run of values with the same upper half that is longer than this goes to the platform's sort. */
const shortRun = 24;

/** Typed arrays keep the platform's order of bytes. */
const upper = new Uint8Array(new Float64Array([1]).buffer)[7] === 0 ? 0 : 1;

/**
 * Sorts numbers in place, ascending; there must be no NaN among them. Three passes of a radix sort over the upper 32 bits
 * put values in order but for those that differ in the lower half only, and these are few and side by side.
 * `scratch` is used where it is at least as long as the values.
 */
export function sortNumbers(values: Float64Array, scratch?: Float64Array): Float64Array {
  if (values.length < fewValues) return values.sort();
  const other = (scratch && scratch.length >= values.length ? scratch : new Float64Array(values.length)).subarray(
    0,
    values.length,
  );
  const counts = countDigits(values);
  let [from, to] = [values, other];
  for (let pass = 0; pass < 3; pass += 1) {
    scatter(from, to, counts[pass]!, pass * digitBits);
    [from, to] = [to, from];
  }
  values.set(from);
  orderRuns(values);
  return values;
}

/** The upper half as an unsigned number that grows with the value. */
function keyOf(word: number): number {
  return (word ^ ((word >> 31) | 0x80000000)) >>> 0;
}

function wordsOf(values: Float64Array): Int32Array {
  return new Int32Array(values.buffer, values.byteOffset, values.length * 2);
}

function countDigits(values: Float64Array): Uint32Array[] {
  const words = wordsOf(values);
  const [low, middle, high] = [new Uint32Array(digits), new Uint32Array(digits), new Uint32Array(digits)];
  for (let i = upper; i < words.length; i += 2) {
    const key = keyOf(words[i]!);
    low[key & (digits - 1)]! += 1;
    middle[(key >>> digitBits) & (digits - 1)]! += 1;
    high[key >>> (2 * digitBits)]! += 1;
  }
  return [low, middle, high];
}

function scatter(from: Float64Array, to: Float64Array, counts: Uint32Array, shift: number): void {
  let start = 0;
  for (let digit = 0; digit < digits; digit += 1) {
    const count = counts[digit]!;
    counts[digit] = start;
    start += count;
  }
  const words = wordsOf(from);
  for (let i = 0; i < from.length; i += 1) {
    const digit = (keyOf(words[2 * i + upper]!) >>> shift) & (digits - 1);
    const place = counts[digit]!;
    counts[digit] = place + 1;
    to[place] = from[i]!;
  }
}

/** Puts values in order that share their upper half. */
function orderRuns(values: Float64Array): void {
  const words = wordsOf(values);
  for (let start = 0; start < values.length;) {
    const word = words[2 * start + upper]!;
    let end = start + 1;
    let ordered = true;
    while (end < values.length && words[2 * end + upper] === word) {
      if (values[end]! < values[end - 1]!) ordered = false;
      end += 1;
    }
    if (!ordered) {
      if (end - start > shortRun) values.subarray(start, end).sort();
      else insertionSort(values, start, end);
    }
    start = end;
  }
}

function insertionSort(values: Float64Array, start: number, end: number): void {
  for (let i = start + 1; i < end; i += 1) {
    const value = values[i]!;
    let j = i - 1;
    for (; j >= start && values[j]! > value; j -= 1) values[j + 1] = values[j]!;
    values[j + 1] = value;
  }
}
