import { InputError } from '../../../common/errors.js';
import type { BinMapper } from '../bins/mapper.js';
import { MOST_PAGES } from './assembler.js';
import { type Crew, type KernelCall, shareOut, type Team } from './crew.js';
import { FEATURES_A_PASS, type KernelName, kernelModule, openKernel } from './histogram-kernel.js';

const PAGE = 65536;

/** Below so many sums, one thread is done before others have woken up. */
const WORTH_SHARING = 200_000;

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
  /** Lets threads help from now on, until the function that is returned is called. The sums stay the same to the bit. */
  share: (crew: Crew) => Promise<() => void>;
}

/**
 * @param shared whether threads will help
 * @throws InputError if the rows are too many for one memory of 4 GB
 */
export function trainingMemory(rows: number, mappers: BinMapper[], shared: boolean): TrainingMemory {
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
  const memory = new WebAssembly.Memory(shared ? { initial: pages, maximum: pages, shared } : { initial: pages });
  const { buffer } = memory;
  const module = kernelModule(shared);
  const kernel = openKernel(module, memory);
  let team: Team | null = null;
  let helpers = 0;

  const run = ({ name, addresses }: KernelCall) => kernel[name as KernelName](...addresses);

  function pass(name: KernelName, features: number[], begin: number, count: number): KernelCall {
    const bins = features.map((feature) => binsAt[feature]!);
    const histograms = features.map((feature) => histogramsAt[feature]!);
    return { name, addresses: [...bins, ...histograms, rowsAt + 4 * begin, pairsAt, count] };
  }

  function addUp(features: number[], begin: number, count: number): void {
    if (count === 0) return;
    const calls: KernelCall[] = [];
    for (const width of [1, 2] as const) {
      const own = features.filter((feature) => widths[feature] === width);
      const whole = own.length - (own.length % FEATURES_A_PASS);
      for (let i = 0; i < whole; i += FEATURES_A_PASS)
        calls.push(pass(`several${width}`, own.slice(i, i + FEATURES_A_PASS), begin, count));
      for (const feature of own.slice(whole)) calls.push(pass(`one${width}`, [feature], begin, count));
    }
    if (!team || features.length * count < WORTH_SHARING) return calls.forEach(run);
    // A feature's histogram is one thread's alone, so that it adds up in the same order whoever does it.
    const [first, ...others] = shareOut(calls, helpers + 1);
    team.work(others, () => first!.forEach(run));
  }

  async function share(crew: Crew): Promise<() => void> {
    const opened = await crew.open(module, memory, mappers.length);
    [team, helpers] = [opened, crew.helpers];
    return () => {
      team = null;
      opened.leave();
    };
  }

  return {
    bins: binsAt.map((at, feature) =>
      widths[feature] === 1 ? new Uint8Array(buffer, at, rows) : new Uint16Array(buffer, at, rows),
    ),
    rows: new Int32Array(buffer, rowsAt, rows),
    pairs: new Float64Array(buffer, pairsAt, 2 * rows),
    histogram: new Float64Array(buffer, 0, rowsAt / 8),
    addUp,
    share,
  };
}
