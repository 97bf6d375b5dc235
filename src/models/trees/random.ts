/** LightGBM's generator (a linear congruential one), so that the same seed samples the same rows and columns there and here. */
export interface Lcg {
  /** Whole number in [low, high), from 15 random bits. */
  nextShort(low: number, high: number): number;
  /** Number in [0, 1) in steps of 2^-15. */
  nextFloat(): number;
  /** `count` different numbers below `total`, rising. */
  sample(total: number, count: number): Int32Array;
}

export function lcg(seed: number): Lcg {
  let state = seed >>> 0;
  const step = () => (state = (Math.imul(214013, state) + 2531011) >>> 0);
  const nextShort = (low: number, high: number) => (((step() >>> 16) & 0x7fff) % (high - low)) + low;
  const nextFloat = () => ((step() >>> 16) & 0x7fff) / 32768;
  const nextInt = (low: number, high: number) => ((step() & 0x7fffffff) % (high - low)) + low;

  function sample(total: number, count: number): Int32Array {
    if (count > total || count <= 0) return new Int32Array(0);
    if (count === total) return Int32Array.from({ length: total }, (_, index) => index);
    return count > 1 && count > total / Math.log2(count) ? sampleInOrder(total, count) : sampleSparse(total, count);
  }

  function sampleInOrder(total: number, count: number): Int32Array {
    const taken = new Int32Array(count);
    let size = 0;
    // A number is drawn for every index, taken or not, so that what is drawn next stays the same.
    for (let index = 0; index < total; index++)
      if (nextFloat() < (count - size) / (total - index)) taken[size++] = index;
    return taken.subarray(0, size);
  }

  function sampleSparse(total: number, count: number): Int32Array {
    const taken = new Set<number>();
    for (let limit = total - count; limit < total; limit++) {
      const drawn = nextInt(0, limit + 1);
      taken.add(taken.has(drawn) ? limit : drawn);
    }
    return Int32Array.from(taken).sort();
  }

  return { nextShort, nextFloat, sample };
}
