import * as z from 'zod';
import { figure, maybe, version } from './values.js';

/** A figure of model quality and where it is violated. */
const limitSchema = z.looseObject({ threshold: figure, comparison_operator: z.string() });
const limits = maybe(z.record(z.string(), limitSchema));

/** Model quality's `constraints.json`: limits of the figures of one kind of task. */
export const modelQualityConstraintsSchema = z.looseObject({
  version,
  binary_classification_constraints: limits,
  multiclass_classification_constraints: limits,
  regression_constraints: limits,
});
export type ModelQualityConstraints = z.infer<typeof modelQualityConstraintsSchema>;

/** Its limits, and the task whose they are; undefined for a document of another kind. */
export function qualityLimits(document: ModelQualityConstraints) {
  const tasks = [
    ['binary classification', document.binary_classification_constraints],
    ['multiclass classification', document.multiclass_classification_constraints],
    ['regression', document.regression_constraints],
  ] as const;
  return tasks.flatMap(([task, found]) => (found === undefined ? [] : [{ task, limits: Object.entries(found) }]))[0];
}
