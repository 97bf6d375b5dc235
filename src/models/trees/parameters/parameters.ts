/** What a training follows, by LightGBM's own names and with its defaults. */
export interface TrainingParameters {
  objective: string;
  /** Figures on the validation rows; the first decides which round is the best. */
  metric: string[];
  num_iterations: number;
  learning_rate: number;
  num_leaves: number;
  max_depth: number;
  min_data_in_leaf: number;
  min_sum_hessian_in_leaf: number;
  lambda_l1: number;
  lambda_l2: number;
  min_gain_to_split: number;
  max_delta_step: number;
  max_bin: number;
  min_data_in_bin: number;
  bagging_fraction: number;
  bagging_freq: number;
  bagging_seed: number;
  feature_fraction: number;
  feature_fraction_bynode: number;
  feature_fraction_seed: number;
  data_random_seed: number;
  bin_construct_sample_cnt: number;
  use_missing: boolean;
  zero_as_missing: boolean;
  feature_pre_filter: boolean;
  scale_pos_weight: number;
  is_unbalance: boolean;
  sigmoid: number;
  boost_from_average: boolean;
  early_stopping_round: number;
  early_stopping_min_delta: number;
  first_metric_only: boolean;
  seed: number;
  num_class: number;
  /** Where huber's loss turns from squared to linear. */
  alpha: number;
  poisson_max_delta_step: number;
  /** Columns of category numbers, by name or place; `name:a,b` is read too. */
  categorical_feature: string[];
  cat_l2: number;
  cat_smooth: number;
  max_cat_to_onehot: number;
  max_cat_threshold: number;
  min_data_per_group: number;
  /** 1 (rising), -1 (falling) or 0 for each column; empty for none. */
  monotone_constraints: number[];
}

export const DEFAULTS: Readonly<TrainingParameters> = {
  objective: 'regression',
  metric: [],
  num_iterations: 100,
  learning_rate: 0.1,
  num_leaves: 31,
  max_depth: -1,
  min_data_in_leaf: 20,
  min_sum_hessian_in_leaf: 1e-3,
  lambda_l1: 0,
  lambda_l2: 0,
  min_gain_to_split: 0,
  max_delta_step: 0,
  max_bin: 255,
  min_data_in_bin: 3,
  bagging_fraction: 1,
  bagging_freq: 0,
  bagging_seed: 3,
  feature_fraction: 1,
  feature_fraction_bynode: 1,
  feature_fraction_seed: 2,
  data_random_seed: 1,
  bin_construct_sample_cnt: 200000,
  use_missing: true,
  zero_as_missing: false,
  feature_pre_filter: true,
  scale_pos_weight: 1,
  is_unbalance: false,
  sigmoid: 1,
  boost_from_average: true,
  early_stopping_round: 0,
  early_stopping_min_delta: 0,
  first_metric_only: false,
  seed: 0,
  num_class: 1,
  alpha: 0.9,
  poisson_max_delta_step: 0.7,
  categorical_feature: [],
  cat_l2: 10,
  cat_smooth: 10,
  max_cat_to_onehot: 4,
  max_cat_threshold: 32,
  min_data_per_group: 100,
  monotone_constraints: [],
};

interface Range {
  least?: number;
  above?: number;
  most?: number;
  whole?: boolean;
}

export const RANGES: Partial<Record<keyof TrainingParameters, Range>> = {
  num_iterations: { least: 0, whole: true },
  learning_rate: { above: 0 },
  num_leaves: { least: 2, most: 131072, whole: true },
  max_depth: { whole: true },
  min_data_in_leaf: { least: 0, whole: true },
  min_sum_hessian_in_leaf: { least: 0 },
  lambda_l1: { least: 0 },
  lambda_l2: { least: 0 },
  min_gain_to_split: { least: 0 },
  max_delta_step: {},
  max_bin: { least: 2, most: 65535, whole: true },
  min_data_in_bin: { least: 1, whole: true },
  bagging_fraction: { above: 0, most: 1 },
  bagging_freq: { whole: true },
  bagging_seed: { whole: true },
  feature_fraction: { above: 0, most: 1 },
  feature_fraction_bynode: { above: 0, most: 1 },
  feature_fraction_seed: { whole: true },
  data_random_seed: { whole: true },
  bin_construct_sample_cnt: { least: 1, whole: true },
  scale_pos_weight: { above: 0 },
  sigmoid: { above: 0 },
  early_stopping_round: { whole: true },
  early_stopping_min_delta: { least: 0 },
  seed: { whole: true },
  num_class: { least: 1, most: 10000, whole: true },
  alpha: { above: 0 },
  poisson_max_delta_step: { above: 0 },
  cat_l2: { least: 0 },
  cat_smooth: { least: 0 },
  max_cat_to_onehot: { least: 1, whole: true },
  max_cat_threshold: { least: 1, whole: true },
  min_data_per_group: { least: 1, whole: true },
};
