import * as wasm from './assembler.js';

/** Features that one pass over the rows adds up: their histograms fit into the processor's first cache together. */
export const FEATURES_A_PASS = 4;

/**
 * Adds up gradient and hessian per bin, both in one instruction. Arguments are addresses: the bins of each feature, the
 * histogram of each feature, the row numbers, their gradients and hessians in turn, and the number of rows (at least 1).
 */
export type FillHistograms = (...addresses: number[]) => void;

/** The kernel's functions by name: one feature a pass or several, of bins of 1 or 2 bytes. */
export type KernelName = 'one1' | 'one2' | 'several1' | 'several2';

/** The kernel as a module, over a memory that threads share or not. JavaScript's own loop takes more than twice as long. */
export function kernelModule(shared: boolean): Uint8Array<ArrayBuffer> {
  const functions = [
    fill('one1', 1, 1),
    fill('one2', 1, 2),
    fill('several1', FEATURES_A_PASS, 1),
    fill('several2', FEATURES_A_PASS, 2),
  ];
  return wasm.assemble(functions, shared);
}

/** The functions of a module, ready to be called. */
export function openKernel(
  module: Uint8Array<ArrayBuffer>,
  memory: WebAssembly.Memory,
): Record<KernelName, FillHistograms> {
  const instance = new WebAssembly.Instance(new WebAssembly.Module(module), { env: { memory } });
  return instance.exports as Record<KernelName, FillHistograms>;
}

function fill(name: KernelName, features: number, binBytes: 1 | 2): wasm.WasmFunction {
  const bins = (feature: number) => feature;
  const histogram = (feature: number) => features + feature;
  const [rows, pairs, count] = [2 * features, 2 * features + 1, 2 * features + 2];
  const [row, place, pair] = [count + 1, count + 2, count + 3];
  const advance = (local: number, by: number) => [
    ...wasm.get(local),
    ...wasm.constant(by),
    ...wasm.add,
    ...wasm.set(local),
  ];

  /** place = histogram + 16 * bins[row]; the pair at that place += pair */
  const addUp = (feature: number): wasm.Code => [
    ...wasm.get(bins(feature)),
    ...wasm.get(row),
    ...wasm.add,
    ...(binBytes === 1 ? wasm.load8 : wasm.load16),
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
    [...wasm.get(rows), ...wasm.load32],
    binBytes === 1 ? [] : [...wasm.constant(1), ...wasm.shiftLeft],
    wasm.set(row),
    [...wasm.get(pairs), ...wasm.loadPair, ...wasm.set(pair)],
    Array.from({ length: features }, (_, feature) => addUp(feature)).flat(),
    advance(rows, 4),
    advance(pairs, 16),
    [...wasm.get(count), ...wasm.constant(1), ...wasm.subtract, ...wasm.tee(count)],
  );
  return { name, parameters: count + 1, locals: [wasm.TYPE_I32, wasm.TYPE_I32, wasm.TYPE_V128], body };
}
