import { ParameterError } from '../../../common/errors.js';
import { closest } from '../../../common/nearest.js';
import type { TrainingParameters } from '../parameters/parameters.js';
import { binaryObjective } from './binary.js';
import { oneVersusAll, softmaxObjective } from './multiclass.js';
import type { Labels, Objective } from './objective.js';
import { absoluteError, huber, poisson, squaredError } from './regression.js';

type Open = (labels: Labels, parameters: TrainingParameters) => Objective;

const OBJECTIVES: [Open, string[]][] = [
  [binaryObjective, ['binary']],
  [softmaxObjective, ['multiclass', 'softmax']],
  [oneVersusAll, ['multiclassova', 'multiclass_ova', 'ova', 'ovr']],
  [
    squaredError,
    ['regression', 'regression_l2', 'l2', 'mean_squared_error', 'mse', 'l2_root', 'root_mean_squared_error', 'rmse'],
  ],
  [absoluteError, ['regression_l1', 'l1', 'mean_absolute_error', 'mae']],
  [huber, ['huber']],
  [poisson, ['poisson']],
];

/** @throws InputError for an objective that cannot be trained, naming the nearest one */
export function openObjective(labels: Labels, parameters: TrainingParameters): Objective {
  const found = OBJECTIVES.find(([, names]) => names.includes(parameters.objective));
  if (found) return found[0](labels, parameters);
  const near = closest(
    parameters.objective,
    OBJECTIVES.flatMap(([, names]) => names),
  );
  const { objective } = parameters;
  throw new ParameterError(
    `objective "${objective}" cannot be trained; did you mean "${near}"?`,
    'objective',
    objective,
  );
}
