const size = 624;
const middle = 397;

/**
 * The Mersenne Twister's 32-bit numbers from a seed, as NumPy's `random.seed` starts them.
 * Source: M. Matsumoto and T. Nishimura (1998).
 */
export function mersenneTwister(seed: number): () => number {
  const state = new Uint32Array(size);
  state[0] = seed;
  for (let i = 1; i < size; i += 1) {
    const before = state[i - 1]! ^ (state[i - 1]! >>> 30);
    state[i] = Math.imul(1812433253, before) + i;
  }
  let place = size;
  return () => {
    if (place === size) {
      refill(state);
      place = 0;
    }
    let value = state[place]!;
    place += 1;
    value ^= value >>> 11;
    value ^= (value << 7) & 0x9d2c5680;
    value ^= (value << 15) & 0xefc60000;
    return (value ^ (value >>> 18)) >>> 0;
  };
}

function refill(state: Uint32Array): void {
  for (let i = 0; i < size; i += 1) {
    const bits = (state[i]! & 0x80000000) | (state[(i + 1) % size]! & 0x7fffffff);
    state[i] = state[(i + middle) % size]! ^ (bits >>> 1) ^ (bits & 1 ? 0x9908b0df : 0);
  }
}

/** Shuffles in place as NumPy's legacy generator does: from the end, each place with one at or before it. */
export function shuffle(values: Int32Array, next: () => number): void {
  for (let i = values.length - 1; i > 0; i -= 1) {
    const mask = 2 ** (32 - Math.clz32(i)) - 1;
    let j = (next() & mask) >>> 0;
    while (j > i) j = (next() & mask) >>> 0;
    const value = values[i]!;
    values[i] = values[j]!;
    values[j] = value;
  }
}
