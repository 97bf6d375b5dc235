import { InputError } from '../../../common/errors.js';
import type { Training } from '../../table/matrix.js';
import { categoriesOf } from './categorical-columns.js';
import { modelColumns } from '../model-columns.js';
import { findLeaves } from '../find-leaves.js';
import { applyObjective, parseObjective } from '../objective.js';
import type { Objective } from '../objectives/objective.js';
import type { TrainingParameters } from '../parameters/parameters.js';
import type { Tree } from '../tree.js';
import { openMetrics } from './validation-metric.js';

/** Scores the validation rows round by round. */
export function judgeOf(
  validation: Training,
  training: Training,
  objective: Objective,
  parameters: TrainingParameters,
) {
  const { matrix } = validation;
  // LightGBM keeps targets as 32-bit floats.
  const target = validation.target.map(Math.fround);
  const weight = validation.weight ? Float32Array.from(validation.weight) : null;
  const { columns: featureNames } = training.matrix;
  const columns = modelColumns({ featureNames, pandasCategorical: categoriesOf(training.matrix) }, matrix);
  const scores = Array.from(
    { length: objective.outputs },
    (_, output) => validation.initScore?.[output]?.slice() ?? new Float64Array(matrix.rows),
  );
  const transform = parseObjective(objective.text);
  const names = parameters.metric.length > 0 ? parameters.metric : [objective.metric];
  checkClasses(target, objective.outputs);
  const metrics = openMetrics(names, { target, weight }, parameters);
  const leaves = new Int32Array(matrix.rows);

  function afterTrees(trees: Tree[]): number[] {
    trees.forEach((tree, output) => {
      findLeaves(tree, columns, 0, matrix.rows, leaves);
      for (let row = 0; row < matrix.rows; row++) scores[output]![row]! += tree.leafValue[leaves[row]!]!;
    });
    const predicted = scores.map((score) => score.slice());
    if (!('problem' in transform)) applyObjective(predicted, transform);
    return metrics.map((metric) => metric.evaluate(scores, predicted));
  }

  return { metrics, afterTrees };
}

/** A class that training cannot know has no probability to look up. */
function checkClasses(target: Float64Array, outputs: number): void {
  if (outputs === 1) return;
  const wrong = target.findIndex((label) => !Number.isInteger(label) || label < 0 || label >= outputs);
  if (wrong >= 0)
    throw new InputError(
      `validation target of row ${wrong + 1} is ${target[wrong]!}, expected a class from 0 to ${outputs - 1}`,
    );
}
