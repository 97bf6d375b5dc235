import type { LinearModel } from '../linear/linear-model.ts';
import type { FittedStep } from '../preprocessing/steps.ts';
import type { TreeModel } from '../trees/tree-model.ts';

export type Task = 'binary' | 'multiclass' | 'regression';

export interface BundleInput {
  name: string;
  type: 'number' | 'category';
}

/** A model and everything needed to use it: what goes in, the fitted preprocessing, the model, the threshold. */
export interface Bundle {
  kind: 'model-bundle';
  schemaVersion: 1;
  task: Task;
  family: string;
  inputs: BundleInput[];
  preprocessing: FittedStep[];
  model: TreeModel | LinearModel;
  /** Binary tasks: the predicted class is 1 where score >= threshold. */
  threshold: number | null;
  classes?: string[];
  metadata: Record<string, unknown>;
}
