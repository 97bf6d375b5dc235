import { ParameterError } from '../../common/errors.js';
import type { Task } from '../task.js';
import {
  boolean,
  classWeight,
  type ClassWeight,
  numberFrom,
  oneOf,
  type OptionReader,
  orNull,
  readOptions,
  wholeFrom,
} from '../read-options.js';

/** What a forest follows, by scikit-learn's names. */
export interface ForestOptions {
  /** `regression`, or `binary` or `multiclass` for a classifier. */
  task: Task;
  n_estimators: number;
  criterion: string;
  max_depth: number | null;
  /** A count, or a share of the rows. */
  min_samples_split: number;
  min_samples_leaf: number;
  max_features: 'sqrt' | 'log2' | number | null;
  min_impurity_decrease: number;
  bootstrap: boolean;
  oob_score: boolean;
  max_samples: number | null;
  class_weight: ClassWeight | 'balanced_subsample';
  random_state: number;
}

/** @throws InputError naming an unknown option with the nearest known one, or a wrong value */
export function readForestOptions(given: Record<string, unknown>): ForestOptions {
  if (given.task === undefined)
    throw new ParameterError('a forest needs "task": "regression", "binary" or "multiclass"', 'task');
  const regression = given.task === 'regression';
  const seed = orNull(wholeFrom(0));
  return readOptions<ForestOptions>(
    given,
    {
      task: oneOf<Task>('regression', 'binary', 'multiclass'),
      n_estimators: wholeFrom(1),
      criterion: regression ? oneOf('squared_error') : oneOf('gini'),
      max_depth: orNull(wholeFrom(1)),
      min_samples_split: countOrShare,
      min_samples_leaf: countOrShare,
      max_features: (value) => (value === 'sqrt' || value === 'log2' ? value : orNull(countOrShare)(value)),
      min_impurity_decrease: numberFrom(0),
      bootstrap: boolean,
      oob_score: boolean,
      max_samples: orNull(countOrShare),
      class_weight: (value) => (value === 'balanced_subsample' ? value : classWeight(value)),
      random_state: (value) => seed(value) ?? 0,
    },
    {
      task: 'regression',
      n_estimators: 100,
      criterion: regression ? 'squared_error' : 'gini',
      max_depth: null,
      min_samples_split: 2,
      min_samples_leaf: 1,
      max_features: regression ? 1.0 : 'sqrt',
      min_impurity_decrease: 0,
      bootstrap: true,
      oob_score: false,
      max_samples: null,
      class_weight: null,
      random_state: 0,
    },
    ['n_jobs', 'verbose', 'warm_start'],
  );
}

const countOrShare: OptionReader<number> = numberFrom(0, Infinity, true);

/** How many features a split looks at. JSON has one kind of number: 1 means all, as scikit-learn's 1.0 does. */
export function featuresPerSplit(option: ForestOptions['max_features'], features: number): number {
  if (option === null) return features;
  if (option === 'sqrt') return Math.max(1, Math.floor(Math.sqrt(features)));
  if (option === 'log2') return Math.max(1, Math.floor(Math.log2(features)));
  return option > 1 ? Math.min(features, Math.floor(option)) : Math.max(1, Math.floor(option * features));
}

/** A number of rows: as given from `least` on, below that a share of the rows, rounded up. */
export function rowCount(option: number, rows: number, least: number): number {
  return option >= least ? Math.floor(option) : Math.max(least, Math.ceil(option * rows));
}
