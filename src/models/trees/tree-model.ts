import type { Tree } from './tree.js';
import type { XgboostPart } from './xgboost-scores.js';

/** An ensemble of trees, as LightGBM's text format describes one (gradient boosting, DART or a forest). */
export interface TreeModel {
  kind: 'trees';
  featureNames: string[];
  /** Per feature `[min:max]`, `a:b:c` for categories, or `none` for a feature that was never usable. */
  featureInfos: string[];
  /** The objective as the format spells it, such as `binary sigmoid:1`; null predicts raw scores only. */
  objective: string | null;
  classes: number;
  treesPerRound: number;
  /** True for forests: the prediction is the mean of the trees instead of their sum. */
  averageOutput: boolean;
  trees: Tree[];
  monotoneConstraints: number[] | null;
  /** The `parameters:` section, one `[name: value]` a line; null if the file had none. */
  parameters: string | null;
  /** Values of pandas' category columns, in the order of the model's categorical features. */
  pandasCategorical: unknown[][] | null;
  /** Rounds that the model holds; after early stopping the best one. */
  bestRound: number;
  /** Forests: R2 or accuracy on rows outside each tree's sample, where that was asked for. */
  outOfBag?: OutOfBag;
  /** Present for trees that XGBoost grew. */
  xgboost?: XgboostPart;
}

export interface OutOfBag {
  /** Null if too few rows were ever outside. */
  score: number | null;
  /** Rows that at least one tree did not see. */
  rows: number;
}
