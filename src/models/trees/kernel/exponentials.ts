import * as wasm from './assembler.js';

/** Beyond this, either way, a double is not precise or not finite. */
const MOST = 708;
/** ln 2 in two parts: the first one, of few digits, times a whole number of up to 10 bits is exact. */
const [LN2_HIGH, LN2_LOW] = [6.9314718036912381649e-1, 1.90821492927058770002e-10];
/** Added to a number below 2^51, it leaves the nearest whole number in the lowest bits of the sum. */
const ROUNDING = 1.5 * 2 ** 52;
/** Of Taylor's series; the next one adds less than 2^-57 for |r| <= ln 2 / 2. */
const TERMS = 14;

/**
 * `exponentials(values, count)`: e to the power of each value, in place and two at a time, for `count` pairs; beyond ±708 it stays what it is
 * there. e^x is 2^k e^r with k = x / ln 2 rounded, as in every library; the result is within one unit in the last place.
 */
export function exponentials(): wasm.WasmFunction {
  const [values, count, x, rounded, k, r] = [0, 1, 2, 3, 4, 5];
  const term = (power: number, sum: wasm.Code): wasm.Code => [
    ...sum,
    ...wasm.get(r),
    ...wasm.multiplyPair,
    ...wasm.pairOf(factor(power)),
    ...wasm.addPair,
  ];
  let series = wasm.pairOf(factor(TERMS - 1));
  for (let power = TERMS - 2; power >= 0; power--) series = term(power, series);
  const body = wasm.repeatWhile(
    [...wasm.get(values), ...wasm.loadPair],
    [...wasm.pairOf(MOST), ...wasm.leastPair, ...wasm.pairOf(-MOST), ...wasm.mostPair, ...wasm.tee(x)],
    [...wasm.pairOf(Math.LOG2E), ...wasm.multiplyPair, ...wasm.pairOf(ROUNDING), ...wasm.addPair, ...wasm.tee(rounded)],
    [...wasm.pairOf(ROUNDING), ...wasm.subtractPair, ...wasm.set(k)],
    [...wasm.get(x), ...wasm.get(k), ...wasm.pairOf(LN2_HIGH), ...wasm.multiplyPair, ...wasm.subtractPair],
    [...wasm.get(k), ...wasm.pairOf(LN2_LOW), ...wasm.multiplyPair, ...wasm.subtractPair, ...wasm.set(r)],
    // k is added to the exponent's bits of e^r.
    [...wasm.get(values), ...series, ...wasm.get(rounded), ...wasm.constant(52), ...wasm.shiftLongs, ...wasm.addLongs],
    wasm.storePair,
    wasm.advance(values, 16),
    wasm.countDown(count),
  );
  const locals = Array.from({ length: 4 }, () => wasm.TYPE_V128);
  return { name: 'exponentials', parameters: 2, locals, body };
}

/** 1 / power! */
function factor(power: number): number {
  let product = 1;
  for (let i = 2; i <= power; i++) product *= i;
  return 1 / product;
}
