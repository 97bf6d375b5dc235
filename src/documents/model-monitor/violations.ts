import * as z from 'zod';
import { maybe } from './values.js';

/**
 * What is violated has another name in each monitor: of data quality a feature, of model quality a metric, of bias a
 * metric of a facet and its value, of explainability a metric of a label.
 */
const violationSchema = z.looseObject({
  feature_name: maybe(z.string()),
  metric_name: maybe(z.string()),
  facet: maybe(z.string()),
  facet_value: maybe(z.union([z.string(), z.number()])),
  label: maybe(z.union([z.string(), z.number()])),
  constraint_check_type: z.string(),
  description: z.string(),
});
export type ConstraintViolation = z.infer<typeof violationSchema>;

/** `constraint_violations.json`, on one page of the documentation `constraints_violations.json`. */
export const modelMonitorViolationsSchema = z.looseObject({ violations: z.array(violationSchema) });
export type ModelMonitorViolations = z.infer<typeof modelMonitorViolationsSchema>;

/** What a violation is about, in words: `age`, `auc`, `DPL of gender = F`. */
export function violated({ feature_name, metric_name, facet, facet_value, label }: ConstraintViolation): string {
  if (feature_name !== undefined) return feature_name;
  const place = facet === undefined ? label : facet_value === undefined ? facet : `${facet} = ${facet_value}`;
  return [metric_name, place].filter((word) => word !== undefined).join(' of ') || 'not named';
}

/** The types of check that Model Monitor has. */
export type ConstraintCheck =
  | 'data_type_check'
  | 'completeness_check'
  | 'baseline_drift_check'
  | 'missing_column_check'
  | 'extra_column_check'
  | 'categorical_values_check';
