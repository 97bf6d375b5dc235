import * as z from 'zod';
import { inferredTypeSchema, version } from './values.js';

/** `Enabled` or `Disabled`. */
const enabled = z.string();

const distributionConstraintsSchema = z.looseObject({
  perform_comparison: enabled.optional(),
  comparison_threshold: z.number().optional(),
  /** `Simple` or `Robust`. */
  comparison_method: z.string().optional(),
  categorical_comparison_threshold: z.number().optional(),
  /** `LInfinity` or `ChiSquared`. */
  categorical_drift_method: z.string().optional(),
});

const monitoringConfigSchema = z.looseObject({
  evaluate_constraints: enabled.optional(),
  emit_metrics: enabled.optional(),
  datatype_check_threshold: z.number().optional(),
  domain_content_threshold: z.number().optional(),
  distribution_constraints: distributionConstraintsSchema.optional(),
});
export type MonitoringConfig = z.infer<typeof monitoringConfigSchema>;

const featureConstraintsSchema = z.looseObject({
  name: z.string(),
  inferred_type: inferredTypeSchema,
  /** The least share of rows with a value, 0–1. */
  completeness: z.number().optional(),
  num_constraints: z.looseObject({ is_non_negative: z.boolean().optional() }).optional(),
  string_constraints: z.looseObject({ domains: z.array(z.string()).optional() }).optional(),
  monitoring_config_overrides: monitoringConfigSchema.optional(),
  /** The same, as the documentation spells it. */
  monitoringConfigOverrides: monitoringConfigSchema.optional(),
});
export type FeatureConstraints = z.infer<typeof featureConstraintsSchema>;

/** Model Monitor's `constraints.json` for data quality: what a table must look like. */
export const modelMonitorConstraintsSchema = z.looseObject({
  version,
  features: z.array(featureConstraintsSchema),
  monitoring_config: monitoringConfigSchema.optional(),
});
export type ModelMonitorConstraints = z.infer<typeof modelMonitorConstraintsSchema>;
