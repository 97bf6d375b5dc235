import * as wasm from './assembler.js';
import type { BinWidth } from './row-functions.js';

/**
 * `findBinsN(values, bounds, last, into, count)`: for each value the number of bounds below it, of the first `last` ones,
 * which rise; as N bytes. Halves are kept or left by a factor rather than a branch, which would be guessed wrong half of
 * the time. No value may be NaN; 8 bytes before the bounds may be read.
 */
export function findBins(width: BinWidth): wasm.WasmFunction {
  const [values, bounds, last, into, count, low, rest, half, value] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
  const eight: wasm.Code = [...wasm.constant(3), ...wasm.shiftLeft];
  /** Leaves on the stack whether the bound at an address is below the value. */
  const isBelow = (address: wasm.Code): wasm.Code => [
    ...[...address, ...wasm.loadDouble, ...wasm.get(value)],
    ...wasm.isLess,
  ];
  const lastOfHalf: wasm.Code = [
    ...[...wasm.get(low), ...wasm.get(half), ...eight, ...wasm.add],
    ...[...wasm.constant(8), ...wasm.subtract],
  ];
  const body = wasm.repeatWhile(
    [...wasm.get(values), ...wasm.loadDouble, ...wasm.set(value)],
    [...wasm.get(bounds), ...wasm.set(low), ...wasm.get(last), ...wasm.set(rest)],
    wasm.repeatWhile(
      [...wasm.get(rest), ...wasm.constant(1), ...wasm.shiftRight, ...wasm.set(half)],
      [...wasm.get(low), ...isBelow(lastOfHalf), ...wasm.get(half), ...eight],
      [...wasm.multiply, ...wasm.add, ...wasm.set(low)],
      [...wasm.get(rest), ...wasm.get(half), ...wasm.subtract, ...wasm.tee(rest)],
      [...wasm.constant(1), ...wasm.isMore],
    ),
    [...wasm.get(into), ...wasm.get(low), ...wasm.get(bounds), ...wasm.subtract],
    [...wasm.constant(3), ...wasm.shiftRight],
    [...isBelow(wasm.get(low)), ...wasm.get(rest), ...wasm.constant(1), ...wasm.equal, ...wasm.and, ...wasm.add],
    width === 1 ? wasm.store8 : wasm.store16,
    wasm.advance(values, 8),
    wasm.advance(into, width),
    wasm.countDown(count),
  );
  const locals = [wasm.TYPE_I32, wasm.TYPE_I32, wasm.TYPE_I32, wasm.TYPE_F64];
  return { name: `findBins${width}`, parameters: 5, locals, body };
}
