/** Texts put one behind the other as bytes: what waits to be written is one piece of memory, nothing to collect. */
export interface GrowingBytes {
  /** @returns how many bytes were added */
  add(text: string): number;
  length(): number;
  /** All that is there by now; more does not change it. */
  now(): Uint8Array;
  /** Begins anew in the same memory: nobody may look at what was there any more. */
  clear(): void;
}

const firstSize = 16 << 10;

/** Empty at first; grows to twice its size where there is no room. */
export function growingBytes(): GrowingBytes {
  let bytes = Buffer.allocUnsafeSlow(firstSize);
  let length = 0;
  return {
    add(text) {
      // No sign of a text takes more than three bytes of UTF-8.
      const most = length + 3 * text.length;
      if (most > bytes.length) {
        const larger = Buffer.allocUnsafeSlow(Math.max(2 * bytes.length, most));
        bytes.copy(larger, 0, 0, length);
        bytes = larger;
      }
      const added = bytes.write(text, length);
      length += added;
      return added;
    },
    length: () => length,
    now: () => bytes.subarray(0, length),
    clear: () => (length = 0),
  };
}
