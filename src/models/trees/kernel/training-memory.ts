import { InputError } from '../../../common/errors.js';
import type { BinMapper } from '../bins/mapper.js';
import { type FillHistograms, FEATURES_A_PASS, histogramKernel } from './histogram-kernel.js';

const PAGE = 65536;
const MOST_PAGES = 65536;

/** What the histogram kernel reads and writes, in one memory: bins, row numbers, gradient pairs, one histogram. */
export interface TrainingMemory {
  /** One array a feature. */
  bins: (Uint8Array | Uint16Array)[];
  /** Row numbers, rearranged as leaves are split. */
  rows: Int32Array;
  /** Gradient and hessian of gathered rows, in turn. */
  pairs: Float64Array;
  /** Gradient and hessian sums per bin, in turn, of all features. */
  histogram: Float64Array;
  /** Adds the first `count` pairs, which belong to the rows from `begin` on, to the histograms of some features. */
  addUp: (features: number[], begin: number, count: number) => void;
}

/** @throws InputError if the rows are too many for one memory of 4 GB */
export function trainingMemory(rows: number, mappers: BinMapper[]): TrainingMemory {
  const widths = mappers.map(({ bins }) => (bins <= 256 ? 1 : 2));
  let size = 0;
  const reserve = (bytes: number) => {
    const from = size;
    // Sixteen bytes is what the kernel's pairs like to begin at.
    size = Math.ceil((size + bytes) / 16) * 16;
    return from;
  };
  const histogramsAt = mappers.map(({ bins }) => reserve(16 * bins));
  const rowsAt = reserve(4 * rows);
  const pairsAt = reserve(16 * rows);
  const binsAt = widths.map((width) => reserve(width * rows));
  const pages = Math.ceil(size / PAGE) + 1;
  if (pages > MOST_PAGES) throw new InputError(`${rows} rows of ${mappers.length} features do not fit into 4 GB`);
  const memory = new WebAssembly.Memory({ initial: pages });
  const { buffer } = memory;
  const kernel = histogramKernel(memory);

  function pass(fill: FillHistograms, features: number[], begin: number, count: number): void {
    const bins = features.map((feature) => binsAt[feature]!);
    const histograms = features.map((feature) => histogramsAt[feature]!);
    fill(...bins, ...histograms, rowsAt + 4 * begin, pairsAt, count);
  }

  function addUp(features: number[], begin: number, count: number): void {
    if (count === 0) return;
    for (const width of [1, 2] as const) {
      const own = features.filter((feature) => widths[feature] === width);
      const whole = own.length - (own.length % FEATURES_A_PASS);
      for (let i = 0; i < whole; i += FEATURES_A_PASS)
        pass(kernel.several[width], own.slice(i, i + FEATURES_A_PASS), begin, count);
      for (const feature of own.slice(whole)) pass(kernel.one[width], [feature], begin, count);
    }
  }

  return {
    bins: binsAt.map((at, feature) =>
      widths[feature] === 1 ? new Uint8Array(buffer, at, rows) : new Uint16Array(buffer, at, rows),
    ),
    rows: new Int32Array(buffer, rowsAt, rows),
    pairs: new Float64Array(buffer, pairsAt, 2 * rows),
    histogram: new Float64Array(buffer, 0, rowsAt / 8),
    addUp,
  };
}
