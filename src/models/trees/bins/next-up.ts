const value = new Float64Array(1);
const words = new Uint32Array(value.buffer);
// Which of the two words holds the low bits depends on the machine.
value[0] = 1;
const LOW = words[0] === 0 ? 0 : 1;
const HIGH = 1 - LOW;

/** The smallest double above a finite number. */
export function nextUp(number: number): number {
  if (!Number.isFinite(number)) return number;
  if (number === 0) return Number.MIN_VALUE;
  value[0] = number;
  if (number > 0) {
    words[LOW]!++;
    if (words[LOW] === 0) words[HIGH]!++;
  } else {
    if (words[LOW] === 0) words[HIGH]!--;
    words[LOW]!--;
  }
  return value[0];
}

/** Whether b, not below a, is a or its very neighbour: LightGBM takes such values for one. */
export function nearlySame(a: number, b: number): boolean {
  return b === a || (b - a <= Math.abs(a) * 2.3e-16 + Number.MIN_VALUE && b <= nextUp(a));
}
