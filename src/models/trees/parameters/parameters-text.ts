import { formatShort } from '../../lightgbm-text/format-number.js';
import type { TrainingParameters } from './parameters.js';

/** The `parameters:` section of a model file: what was followed, one `[name: value]` a line. */
export function parametersText(parameters: TrainingParameters): string {
  const lines = (Object.keys(parameters) as (keyof TrainingParameters)[]).map(
    (name) => `[${name}: ${textOf(parameters[name])}]`,
  );
  return ['[boosting: gbdt]', ...lines, ''].join('\n');
}

function textOf(value: TrainingParameters[keyof TrainingParameters]): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (typeof value === 'number') return formatShort(value);
  return Array.isArray(value) ? value.join(',') : value;
}
