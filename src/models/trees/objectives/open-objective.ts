import { InputError } from '../../../common/errors';
import { nearest } from '../../nearest-name';
import type { TrainingParameters } from '../parameters/parameters';
import { binaryObjective } from './binary';
import type { Objective } from './objective';
import { squaredError } from './squared-error';

const NAMES: Record<string, 'binary' | 'regression'> = {
  binary: 'binary',
  regression: 'regression',
  regression_l2: 'regression',
  l2: 'regression',
  mean_squared_error: 'regression',
  mse: 'regression',
  l2_root: 'regression',
  root_mean_squared_error: 'regression',
  rmse: 'regression',
};

/** @throws InputError for an objective that cannot be trained, naming the nearest one */
export function openObjective(
  target: Float64Array,
  weight: Float32Array | null,
  parameters: TrainingParameters,
): Objective {
  const name = NAMES[parameters.objective];
  if (!name) {
    const near = nearest(parameters.objective, Object.keys(NAMES));
    throw new InputError(`objective "${parameters.objective}" cannot be trained; did you mean "${near}"?`);
  }
  return name === 'binary' ? binaryObjective(target, weight, parameters) : squaredError(target, weight);
}
