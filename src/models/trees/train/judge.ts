import { columnsByName } from '../../table/align';
import type { Training } from '../../table/matrix';
import { findLeaves } from '../find-leaves';
import { applyObjective, parseObjective } from '../objective';
import type { Objective } from '../objectives/objective';
import type { TrainingParameters } from '../parameters/parameters';
import type { Tree } from '../tree';
import { openMetrics } from './validation-metric';

/** Scores the validation rows round by round. */
export function judgeOf(
  validation: Training,
  training: Training,
  objective: Objective,
  parameters: TrainingParameters,
) {
  const { target, matrix } = validation;
  const weight = validation.weight ? Float32Array.from(validation.weight) : null;
  const columns = columnsByName(matrix, training.matrix.columns);
  const scores = Array.from({ length: objective.outputs }, () => new Float64Array(matrix.rows));
  const transform = parseObjective(objective.text);
  const names = parameters.metric.length > 0 ? parameters.metric : [objective.metric];
  const metrics = openMetrics(names, { target, weight });
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
