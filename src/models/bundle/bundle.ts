import type { OutsideModel, OwnModel } from './outside-model.js';
import type { FittedStep } from '../preprocessing/steps.js';
import type { Task } from '../task.js';

export interface BundleInput {
  name: string;
  type: 'number' | 'category';
}

export interface ModelSource {
  /** As it is called in a bundle. */
  name: string;
  bytes: Uint8Array;
}

/** A model and everything needed to use it: what goes in, the fitted preprocessing, the model, the threshold. */
export interface Bundle {
  kind: 'model-bundle';
  schemaVersion: 1;
  task: Task;
  family: string;
  inputs: BundleInput[];
  preprocessing: FittedStep[];
  model: OwnModel | OutsideModel;
  /** Of a model that another library wrote: its file, kept byte for byte. */
  source?: ModelSource;
  /** Binary tasks: the predicted class is 1 where score >= threshold. */
  threshold: number | null;
  classes?: string[];
  metadata: Record<string, unknown>;
}
