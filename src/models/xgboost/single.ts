const single = new Float32Array(1);
const bits = new Int32Array(single.buffer);

/** The 32-bit number just below a 32-bit number. */
export function before(value: number): number {
  if (value === -Infinity) return value;
  single[0] = value;
  if (value === 0) bits[0] = 0x80000001 | 0;
  else bits[0] = bits[0]! + (value > 0 ? -1 : 1);
  return single[0];
}
