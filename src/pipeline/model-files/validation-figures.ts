import { predict } from '../../models/predict.js';
import type { Task } from '../../models/task.js';
import type { Training } from '../../models/table/matrix.js';
import { binaryEvaluation } from '../../models/metrics/binary-evaluation.js';
import { regressionEvaluation } from '../../models/metrics/regression-evaluation.js';
import type { Fitted } from './fit.js';

/** Figures of a finished model on held-out rows, for the learners that do not measure as they go. */
export function validationFigures({ task, model, validation }: Fitted): Record<string, number | null> {
  if (!validation) return {};
  return figuresOf(task, validation, predict(model, validation.matrix));
}

/** AUC, log loss and accuracy of probabilities, one array a class; RMSE and R2 of values. */
export function figuresOf(
  task: Task,
  { target, weight }: Training,
  outputs: Float64Array[],
): Record<string, number | null> {
  if (task === 'multiclass') return classFigures(target, weight, outputs);
  if (task === 'regression') {
    const { rmse, r2 } = regressionEvaluation(target, outputs[0]!, weight);
    return { rmse, r2 };
  }
  const { roc_auc, log_loss, accuracy } = binaryEvaluation(target, outputs[0]!, 0.5, weight);
  return { roc_auc, log_loss, accuracy };
}

function classFigures(target: Float64Array, weight: Float64Array | undefined, outputs: Float64Array[]) {
  let [right, loss, total] = [0, 0, 0];
  target.forEach((label, row) => {
    const own = weight ? weight[row]! : 1;
    const best = outputs.reduce((most, output, k) => (output[row]! > outputs[most]![row]! ? k : most), 0);
    total += own;
    right += own * Number(best === label);
    // The smallest step from 1, as scikit-learn clips, so that one certain mistake is not infinitely bad.
    loss -= own * Math.log(Math.max(outputs[label]?.[row] ?? 0, Number.EPSILON));
  });
  return total > 0 ? { multi_logloss: loss / total, accuracy: right / total } : { multi_logloss: null, accuracy: null };
}
