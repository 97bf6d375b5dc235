import * as wasm from './assembler.js';

/** Bytes of a bin. */
export type BinWidth = 1 | 2;

/** Leaves on the stack the number that lies at a local's address. */
const numberAt = (local: number): wasm.Code => [...wasm.get(local), ...wasm.load32];
/** Turns a row number on the stack into the place of its bin in bytes. */
const placeOfBin = (width: BinWidth): wasm.Code => (width === 1 ? [] : [...wasm.constant(1), ...wasm.shiftLeft]);
/** Leaves on the stack the bin at a place, of the feature whose bins begin at an address. */
const binAt = (place: number, bins: number, width: BinWidth): wasm.Code => [
  ...[...wasm.get(bins), ...wasm.get(place), ...wasm.add],
  ...(width === 1 ? wasm.load8 : wasm.load16),
];

/**
 * `gather(rows, pairs, into, count)`: copies the gradient pairs of some rows, so that all features walk them in order.
 */
export function gather(): wasm.WasmFunction {
  const [rows, pairs, into, count] = [0, 1, 2, 3];
  const body = wasm.repeatWhile(
    wasm.get(into),
    [...wasm.get(pairs), ...numberAt(rows), ...wasm.constant(3), ...wasm.shiftLeft, ...wasm.add, ...wasm.load64],
    wasm.store64,
    wasm.advance(rows, 4),
    wasm.advance(into, 8),
    wasm.countDown(count),
  );
  return { name: 'gather', parameters: 4, locals: [], body };
}

/** `move(to, from, bytes)`: copies to a place that may overlap with where it is. JavaScript's way is slow in shared memory. */
export function move(): wasm.WasmFunction {
  return { name: 'move', parameters: 3, locals: [], body: [0, 1, 2].flatMap(wasm.get).concat(wasm.copyBytes) };
}

/**
 * `partitionN(rows, bins, sides, right, count, result)`: rows whose bin has a 1 in `sides` move to the front and keep
 * their order, the others go to `right`, whose length in bytes is left at `result`.
 */
export function partition(width: BinWidth): wasm.WasmFunction {
  const [rows, bins, sides, right, count, result, left, end, row, place, step] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  const body = [
    ...[...wasm.get(rows), ...wasm.set(left), ...wasm.get(right), ...wasm.set(end)],
    // Written to both sides, but only one side moves on: a branch here would be guessed wrong half of the time.
    ...wasm.repeatWhile(
      [...numberAt(rows), ...wasm.tee(row), ...placeOfBin(width), ...wasm.set(place)],
      [...wasm.get(left), ...wasm.get(row), ...wasm.store32],
      [...wasm.get(end), ...wasm.get(row), ...wasm.store32],
      [...wasm.get(sides), ...binAt(place, bins, width), ...wasm.add, ...wasm.load8],
      [...wasm.constant(2), ...wasm.shiftLeft, ...wasm.set(step)],
      [...wasm.get(left), ...wasm.get(step), ...wasm.add, ...wasm.set(left)],
      [...wasm.get(end), ...wasm.constant(4), ...wasm.add, ...wasm.get(step), ...wasm.subtract, ...wasm.set(end)],
      wasm.advance(rows, 4),
      wasm.countDown(count),
    ),
    ...[...wasm.get(result), ...wasm.get(end), ...wasm.get(right), ...wasm.subtract, ...wasm.store32],
  ];
  const locals = Array.from({ length: 5 }, () => wasm.TYPE_I32);
  return { name: `partition${width}`, parameters: 6, locals, body };
}

/**
 * `addN_M(bins…, histograms…, rows, pairs, count)`: adds the pair of each row, gradient and hessian in one instruction,
 * to its bin in the histograms of N features whose bins take M bytes.
 */
export function addUp(features: number, width: BinWidth): wasm.WasmFunction {
  const bins = (feature: number) => feature;
  const histogram = (feature: number) => features + feature;
  const [rows, pairs, count] = [2 * features, 2 * features + 1, 2 * features + 2];
  const [row, place, pair] = [count + 1, count + 2, count + 3];

  /** place = histogram + 16 * bin of the row; the pair at that place += pair */
  const addOne = (feature: number): wasm.Code => [
    ...binAt(row, bins(feature), width),
    ...wasm.constant(4),
    ...wasm.shiftLeft,
    ...wasm.get(histogram(feature)),
    ...wasm.add,
    ...wasm.tee(place),
    ...wasm.get(place),
    ...wasm.loadPair,
    ...wasm.get(pair),
    ...wasm.addPair,
    ...wasm.storePair,
  ];

  const body = wasm.repeatWhile(
    [...numberAt(rows), ...placeOfBin(width), ...wasm.set(row)],
    [...wasm.get(pairs), ...wasm.loadFloats, ...wasm.set(pair)],
    Array.from({ length: features }, (_, feature) => addOne(feature)).flat(),
    wasm.advance(rows, 4),
    wasm.advance(pairs, 8),
    wasm.countDown(count),
  );
  const locals = [wasm.TYPE_I32, wasm.TYPE_I32, wasm.TYPE_V128];
  return { name: addUpName(features, width), parameters: count + 1, locals, body };
}

export function addUpName(features: number, width: BinWidth): string {
  return `add${features}_${width}`;
}
