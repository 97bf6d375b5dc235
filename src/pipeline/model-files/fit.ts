import { applyPreprocessing } from '../../models/preprocessing/apply.js';
import { continueTrees } from '../../models/trees/train/continue-trees.js';
import { fitPreprocessing } from '../../models/preprocessing/fit.js';
import type { FittedStep, PreprocessingSpec } from '../../models/preprocessing/steps.js';
import type { LinearModel } from '../../models/linear/linear-model.js';
import type { Task } from '../../models/task.js';
import { trainForest } from '../../models/forest/train-forest.js';
import type { Training } from '../../models/table/matrix.js';
import type { TrainingHooks } from '../../models/progress.js';
import { trainLogistic } from '../../models/linear/train-logistic.js';
import { trainRidge } from '../../models/linear/train-ridge.js';
import { trainTrees } from '../../models/trees/train/train-trees.js';
import type { TreeModel } from '../../models/trees/tree-model.js';
import { crewFor } from '../workers/crew.js';
import { taskFor, taskOf } from './families.js';
import type { ParameterFile } from './read-parameters.js';
import type { TrainingTable } from './read-training.js';
import { wordsOf } from '../../models/table/columns.js';

export interface Fitted {
  task: Task;
  model: TreeModel | LinearModel;
  preprocessing: FittedStep[];
  /** Rows to measure on as the model takes them. */
  validation: Training | undefined;
}

/** Fits the preprocessing and then the model, both on the training rows. @throws InputError as the learners do */
export async function fitModel(
  { family, parameters, preprocessing: asked }: ParameterFile,
  table: TrainingTable,
  held: TrainingTable | undefined,
  first: TreeModel | undefined,
  hooks: TrainingHooks,
): Promise<Fitted> {
  const task = taskOf(family, parameters) ?? taskFor(family, table.target, table.classes);
  const boosted = family === 'lightgbm' || family === 'xgboost';
  const steps = asked ?? (boosted ? [] : stepsFor(family === 'random-forest', table));
  const preprocessing = fitPreprocessing(steps, table.matrix);
  const prepare = (rows: Training): Training => ({ ...rows, matrix: applyPreprocessing(preprocessing, rows.matrix) });
  const training = prepare(table);
  const validation = held && prepare(held);
  const model = await train();
  return { task, model, preprocessing, validation };

  async function train(): Promise<TreeModel | LinearModel> {
    if (family === 'random-forest') return trainForest(training, { ...parameters, task }, hooks);
    if (family === 'logistic-regression') return trainLogistic(training, parameters, hooks);
    if (family === 'ridge') return trainRidge(training, parameters);
    const given: Record<string, unknown> = { ...parameters };
    if (table.categorical.length > 0) given.categorical_feature = table.categorical;
    if (table.classes && task === 'multiclass') given.num_class ??= table.classes.length;
    const crewed = { ...hooks, crew: crewFor(given, training.matrix) };
    return first
      ? continueTrees(first, training, validation, given, crewed)
      : trainTrees(training, validation, given, crewed);
  }
}

/** What a forest or linear model needs done to words, and a linear one to missing numbers. */
function stepsFor(forest: boolean, { matrix }: Training): PreprocessingSpec[] {
  const isWord = (name: string) => wordsOf(matrix, name) !== undefined;
  const words = matrix.columns.filter(isWord);
  if (forest) return words.length > 0 ? [{ step: 'ordinal', columns: words }] : [];
  const gaps = matrix.columns.filter((name, place) => !isWord(name) && matrix.values[place]!.some(Number.isNaN));
  return [
    ...(gaps.length > 0 ? [{ step: 'impute' as const, strategy: 'mean' as const, columns: gaps }] : []),
    ...(words.length > 0 ? [{ step: 'one-hot' as const, columns: words }] : []),
  ];
}
