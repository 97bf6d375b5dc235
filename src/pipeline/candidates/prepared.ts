import { ownOf, setOwn } from '../../common/own.js';
import { InputError } from '../../common/errors.js';
import { fitAndApply } from '../../models/preprocessing/fit.js';
import type { FittedStep, PreprocessingSpec } from '../../models/preprocessing/steps.js';
import type { Training } from '../../models/table/matrix.js';
import { matchColumns } from '../../project/columns.js';
import type { Candidate, ProjectFile } from '../../project/schema.js';
import type { Rows } from '../workers/shared-memory.js';
import { type Encoded, encodingOf, type ModelSettings } from './encoding.js';

export interface Prepared {
  preprocessing: FittedStep[];
  /** The training rows as the learner is to see them. */
  training: Training;
  /** The candidate's parameters, with the columns that its learner splits by sets of values. */
  parameters: Record<string, unknown>;
}

/**
 * A candidate's preprocessing, fitted on its columns of the training rows: texts and dates become numbers, then missing
 * values are filled, then all is scaled.
 * @throws InputError where two columns would have one name
 */
export function prepared(
  model: ModelSettings & Pick<ProjectFile['model'], 'fill'>,
  candidate: Candidate,
  { matrix, target, groups }: Rows,
): Prepared {
  const encoded = encodingOf(model, candidate, { matrix, target });
  const encoding = fitAndApply(encoded.steps, matrix, target, groups);
  checkNames(encoding.matrix.columns);
  const rest = fitAndApply(fillsAndScale(model.fill, candidate, encoding.matrix.columns, encoded), encoding.matrix);
  const { categorical } = encoded;
  const parameters =
    categorical.length === 0 ? candidate.parameters : { categorical_feature: categorical, ...candidate.parameters };
  return {
    preprocessing: [...encoding.steps, ...rest.steps],
    training: { matrix: rest.matrix, target },
    parameters,
  };
}

function fillsAndScale(
  fill: Record<string, number>,
  { family, scale }: Candidate,
  columns: string[],
  { gaps, categorical }: Encoded,
): PreprocessingSpec[] {
  const values: Record<string, number> = {};
  for (const [pattern, value] of Object.entries(fill)) {
    // The place of a category is no number to fill in.
    const numbers = matchColumns([pattern], columns).filter((column) => !categorical.includes(column));
    for (const column of numbers) if (ownOf(values, column) === undefined) setOwn(values, column, value);
  }
  // Boosted trees have a side for what is missing; others need a number.
  // A score that is missing is none, whatever others are.
  const open =
    family === 'lightgbm' || family === 'given' ? [] : gaps.filter((name) => ownOf(values, name) === undefined);
  const steps: PreprocessingSpec[] = [];
  if (Object.keys(values).length > 0) steps.push({ step: 'impute', strategy: 'constant', values });
  if (open.length > 0) steps.push({ step: 'impute', strategy: 'median', columns: open });
  if (scale === 'standard') steps.push({ step: 'scale' });
  return steps;
}

function checkNames(columns: string[]): void {
  const twice = columns.find((name, place) => columns.indexOf(name) !== place);
  if (twice === undefined) return;
  throw new InputError(
    `found two columns ${twice}: one of the table, and one that an encoding makes; expected another encoding (model.encode), or another name in features.sql`,
  );
}
