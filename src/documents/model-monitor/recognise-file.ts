import { modelMonitorConstraintsSchema, type ModelMonitorConstraints } from './constraints.js';
import { modelQualityConstraintsSchema, qualityLimits, type ModelQualityConstraints } from './quality-constraints.js';
import { modelMonitorStatisticsSchema, type ModelMonitorStatistics } from './statistics.js';
import { modelMonitorViolationsSchema, type ModelMonitorViolations } from './violations.js';

/** What a parsed JSON object without `kind` is of Model Monitor's files, or undefined. They carry no `kind`. */
export function modelMonitorFile(
  json: object,
):
  | { kind: 'model-monitor-statistics'; document: ModelMonitorStatistics }
  | { kind: 'model-monitor-constraints'; document: ModelMonitorConstraints }
  | { kind: 'model-monitor-violations'; document: ModelMonitorViolations }
  | { kind: 'model-quality-constraints'; document: ModelQualityConstraints }
  | undefined {
  const statistics = modelMonitorStatisticsSchema.safeParse(json);
  if (statistics.success) return { kind: 'model-monitor-statistics', document: statistics.data };
  const constraints = modelMonitorConstraintsSchema.safeParse(json);
  // A list of no features alone says nothing.
  const says = constraints.success && (constraints.data.features.length > 0 || 'monitoring_config' in json);
  if (constraints.success && says) return { kind: 'model-monitor-constraints', document: constraints.data };
  const violations = modelMonitorViolationsSchema.safeParse(json);
  if (violations.success) return { kind: 'model-monitor-violations', document: violations.data };
  const quality = modelQualityConstraintsSchema.safeParse(json);
  if (quality.success && qualityLimits(quality.data))
    return { kind: 'model-quality-constraints', document: quality.data };
  return undefined;
}
