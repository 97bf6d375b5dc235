import type { BinMapper } from '../mapper.js';
import { addUpName } from './row-functions.js';
import { type Crew, inParts, type KernelCall, type Range, shareOut, type Team } from './crew.js';
import { FEATURES_A_PASS, kernelModule, openKernel } from './kernel.js';
import { layOut } from './layout.js';

/** Below so many sums, one thread is done before others have begun. */
const WORTH_SHARING = 50_000;
/** To move a row or its gradients, or to take a power of e, lasts as long as so many sums. */
const SUMS_A_MOVE = 3;

/** What the kernel reads and writes, in one memory that threads may share. */
export interface TrainingMemory {
  /** One array a feature. */
  bins: (Uint8Array | Uint16Array)[];
  /** Row numbers, rearranged as leaves are split. */
  rows: Int32Array;
  /** Gradient and hessian of every row, in turn; one array an output. */
  pairs: Float32Array[];
  /** Gradient and hessian sums per bin, in turn, of all features. */
  histogram: Float64Array;
  /** Adds the gradients of some rows, for one output, to the histograms of some features. */
  addUp: (features: number[], output: number, range: Range) => void;
  /**
   * Moves the rows whose bin has a 1 in `sides` to the front of their range, both sides keeping their order.
   * @returns how many these are
   */
  partition: (feature: number, sides: Uint8Array, range: Range) => number;
  /** A number a row, to be put into bins or for an objective to work with; partitions and sums overwrite them. */
  values: Float64Array;
  /** Writes a feature's bins: for each of the `values`, none of them NaN, how many of these rising bounds are below it. */
  findBins: (feature: number, bounds: Float64Array) => void;
  /** Takes e to the power of each of the `values`. */
  exponentials: () => void;
  /** Lets threads help from now on, until the function that is returned is called. Results stay the same to the bit. */
  share: (crew: Crew) => Promise<() => void>;
}

/**
 * @param outputs scores a row, each with gradients of its own
 * @param threads that will work on it, this one included
 * @throws InputError if the rows are too many for one memory of 4 GB
 */
export function trainingMemory(rows: number, mappers: BinMapper[], outputs: number, threads: number): TrainingMemory {
  const at = layOut(rows, mappers, outputs, threads);
  const { pages, widths } = at;
  const shared = threads > 1;
  const memory = new WebAssembly.Memory(shared ? { initial: pages, maximum: pages, shared } : { initial: pages });
  const { buffer } = memory;
  const module = kernelModule(shared);
  const kernel = openKernel(module, memory);
  const rowNumbers = new Int32Array(buffer, at.rows, rows);
  const sizes = new Int32Array(buffer, at.sizes, threads);
  let team: Team | null = null;

  /** How many threads are to share so much work. */
  const among = (sums: number) => (team && sums >= WORTH_SHARING ? threads : 1);

  function run(calls: KernelCall[], workers: number): void {
    const [first, ...others] = shareOut(calls, workers);
    const own = () => first!.forEach(({ name, addresses }) => kernel[name]!(...addresses));
    if (workers === 1) own();
    else team!.work(others, own);
  }

  function addUp(features: number[], output: number, { begin, count }: Range): void {
    if (count === 0) return;
    const workers = among(features.length * count);
    // All rows are in order already.
    const pairs = count === rows ? at.pairs[output]! : gather(output, { begin, count });
    const passes = ([1, 2] as const).flatMap((width) => {
      const own = features.filter((feature) => widths[feature] === width);
      // A feature's histogram is one thread's alone, so that it adds up in the same order in any thread.
      const most = Math.ceil(own.length / FEATURES_A_PASS / workers) * workers;
      return inParts(own.length, most).map(({ begin: from, count: size }) => {
        const together = own.slice(from, from + size);
        const places = [at.bins, at.histograms].flatMap((of) => together.map((feature) => of[feature]!));
        return { name: addUpName(size, width), addresses: [...places, at.rows + 4 * begin, pairs, count] };
      });
    });
    run(passes, workers);
  }

  /** @returns where the gradients of the rows lie now, in the rows' order */
  function gather(output: number, { begin, count }: Range): number {
    const workers = among(SUMS_A_MOVE * count);
    const calls = inParts(count, workers).map(({ begin: from, count: size }) => ({
      name: 'gather',
      addresses: [at.rows + 4 * (begin + from), at.pairs[output]!, at.scratch + 8 * from, size],
    }));
    run(calls, workers);
    return at.scratch;
  }

  function partition(feature: number, sides: Uint8Array, { begin, count }: Range): number {
    if (count === 0) return 0;
    new Uint8Array(buffer, at.sides, sides.length).set(sides);
    const workers = among(SUMS_A_MOVE * count);
    const parts = inParts(count, workers);
    const calls = parts.map(({ begin: from, count: size }, part) => {
      const places = [at.rows + 4 * (begin + from), at.bins[feature]!, at.sides, at.scratch + 4 * from];
      return { name: `partition${widths[feature]!}`, addresses: [...places, size, at.sizes + 4 * part] };
    });
    run(calls, workers);
    let left = at.rows + 4 * begin;
    parts.forEach(({ begin: from, count: size }, part) => {
      const stay = 4 * size - sizes[part]!;
      if (part > 0) kernel.move!(left, at.rows + 4 * (begin + from), stay);
      left += stay;
    });
    let right = left;
    parts.forEach(({ begin: from }, part) => {
      kernel.move!(right, at.scratch + 4 * from, sizes[part]!);
      right += sizes[part]!;
    });
    return (left - at.rows) / 4 - begin;
  }

  function findBins(feature: number, bounds: Float64Array): void {
    new Float64Array(buffer, at.bounds, bounds.length).set(bounds);
    kernel[`findBins${widths[feature]!}`]!(at.scratch, at.bounds, bounds.length, at.bins[feature]!, rows);
  }

  function exponentials(): void {
    const pairs = Math.ceil(rows / 2);
    const calls = inParts(pairs, among(SUMS_A_MOVE * rows)).map(({ begin, count }) => ({
      name: 'exponentials',
      addresses: [at.scratch + 16 * begin, count],
    }));
    run(calls, among(SUMS_A_MOVE * rows));
  }

  async function share(crew: Crew): Promise<() => void> {
    const opened = await crew.open(module, memory, Math.max(mappers.length, threads));
    team = opened;
    return () => {
      team = null;
      opened.leave();
    };
  }

  return {
    bins: at.bins.map((from, feature) =>
      widths[feature] === 1 ? new Uint8Array(buffer, from, rows) : new Uint16Array(buffer, from, rows),
    ),
    rows: rowNumbers,
    pairs: at.pairs.map((from) => new Float32Array(buffer, from, 2 * rows)),
    histogram: new Float64Array(buffer, 0, at.histogramsEnd / 8),
    values: new Float64Array(buffer, at.scratch, rows),
    findBins,
    addUp,
    partition,
    exponentials,
    share,
  };
}
