import { assemble, type WasmFunction } from './assembler.js';
import * as rows from './row-functions.js';
import { exponentials } from './exponentials.js';
import { findBins } from './find-bins.js';
import { walkTrees } from './walk-trees.js';

/** Features that one pass over the rows adds up: their histograms fit into the processor's first cache together. */
export const FEATURES_A_PASS = 4;

/** One of the kernel's functions; arguments are addresses and a number of rows or pairs (at least 1). */
export type KernelFunction = (...addresses: number[]) => void;

const FUNCTIONS: WasmFunction[] = [
  exponentials(),
  walkTrees(),
  rows.gather(),
  rows.move(),
  ...([1, 2] as const).flatMap((width) => [
    findBins(width),
    rows.partition(width),
    ...Array.from({ length: FEATURES_A_PASS }, (_, less) => rows.addUp(less + 1, width)),
  ]),
];

/** The names of the kernel's functions, in the order of its exports. */
export const KERNEL_NAMES = FUNCTIONS.map(({ name }) => name);

/** The kernel as a module, over a memory that threads share or not. JavaScript's own loops take more than twice as long. */
export function kernelModule(shared: boolean): Uint8Array<ArrayBuffer> {
  return assemble(FUNCTIONS, shared);
}

/** The functions of a module by name, ready to be called. */
export function openKernel(
  module: Uint8Array<ArrayBuffer>,
  memory: WebAssembly.Memory,
): Record<string, KernelFunction> {
  const instance = new WebAssembly.Instance(new WebAssembly.Module(module), { env: { memory } });
  return instance.exports as Record<string, KernelFunction>;
}
