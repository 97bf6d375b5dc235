import { InputError } from '../../../common/errors.js';
import { linearModel } from '../metadata.js';
import { parseJson, type ModelFormat } from './format.js';

export const LINEAR_FILE = 'linear_model.json';

export const linearFormat: ModelFormat = {
  files: [LINEAR_FILE],
  open(body, file) {
    const model = parseJson(file, body, linearModel);
    const width = model.featureNames.length;
    const fits = model.coefficients.every((row) => row.length === width);
    if (!fits || model.coefficients.length !== model.intercepts.length || model.intercepts.length === 0)
      throw new InputError(
        `${file}: coefficients do not fit ${width} features and ${model.intercepts.length} intercepts`,
      );
    return model;
  },
};
