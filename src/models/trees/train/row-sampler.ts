import type { TrainingParameters } from '../parameters/parameters.js';
import { lcg } from '../random.js';

/** Rows share one generator in blocks of this size, as in LightGBM. */
const BLOCK = 1024;

/**
 * The rows that a round learns from, drawn anew every `bagging_freq` rounds. Without `bagging_freq` all rows are used,
 * whatever the fraction says.
 * @returns for a round its rows, rising; null for all
 */
export function rowSampler(rows: number, parameters: TrainingParameters): (round: number) => Int32Array | null {
  const { bagging_fraction: fraction, bagging_freq: every, bagging_seed: seed } = parameters;
  if (fraction >= 1 || every <= 0) return () => null;
  const generators = Array.from({ length: Math.ceil(rows / BLOCK) }, (_, block) => lcg(seed + block));
  let bag = new Int32Array(0);
  return (round) => {
    if (round % every !== 0) return bag;
    const drawn = new Int32Array(rows);
    let size = 0;
    for (let row = 0; row < rows; row++)
      if (generators[Math.floor(row / BLOCK)]!.nextFloat() < fraction) drawn[size++] = row;
    bag = drawn.slice(0, size);
    return bag;
  };
}
