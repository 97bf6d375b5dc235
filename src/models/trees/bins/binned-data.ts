import type { Matrix } from '../../table/matrix.js';
import { type TrainingMemory, trainingMemory } from '../kernel/training-memory.js';
import { lcg } from '../random.js';
import type { TrainingParameters } from '../parameters/parameters.js';
import { fillWithBins, fitBins } from './bin-mapper.js';
import { fitCategoryBins } from './category-bins.js';
import type { BinMapper } from '../mapper.js';

/** The training table as bins, without the columns that cannot be split. */
export interface BinnedData {
  rows: number;
  /** Place of each used feature among the table's columns. */
  features: Int32Array;
  mappers: BinMapper[];
  bins: (Uint8Array | Uint16Array)[];
  memory: TrainingMemory;
  /** Where a feature's bins begin in a histogram; one more than there are features. */
  offsets: Int32Array;
}

/**
 * @param categorical columns of category numbers, by their places
 * @param outputs scores a row
 * @param threads that will work on the training
 */
export function binData(
  matrix: Matrix,
  parameters: TrainingParameters,
  categorical: Set<number>,
  outputs: number,
  threads: number,
): BinnedData {
  const { rows } = matrix;
  const size = Math.min(rows, parameters.bin_construct_sample_cnt);
  const sample = size < rows ? lcg(parameters.data_random_seed).sample(rows, size) : null;
  const filter = parameters.feature_pre_filter ? Math.trunc((parameters.min_data_in_leaf * size) / rows) : 0;
  const features: number[] = [];
  const mappers: BinMapper[] = [];
  const offsets = [0];
  matrix.values.forEach((column, feature) => {
    const fit = categorical.has(feature) ? fitCategoryBins : fitBins;
    const mapper = fit(column, sample, parameters, filter);
    if (!mapper) return;
    features.push(feature);
    mappers.push(mapper);
    offsets.push(offsets.at(-1)! + mapper.bins);
  });
  const memory = trainingMemory(rows, mappers, outputs, threads);
  mappers.forEach((mapper, place) => fillWithBins(memory, place, matrix.values[features[place]!]!, mapper));
  return {
    rows,
    features: Int32Array.from(features),
    mappers,
    bins: memory.bins,
    memory,
    offsets: Int32Array.from(offsets),
  };
}
