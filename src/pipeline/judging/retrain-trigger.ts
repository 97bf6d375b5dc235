import type { MonitoringResults, RetrainTrigger } from '../../documents/monitoring.js';

/** What a decision to retrain leaves behind for other systems to act on. */
export function retrainTriggerOf(results: MonitoringResults, endpoint: string): RetrainTrigger {
  return {
    kind: 'retrain-trigger',
    schemaVersion: 1,
    trigger: results.runId,
    timestamp: results.run_timestamp,
    retrain_needed: true,
    reasons: results.retrain_reasons,
    model_package_arn: results.modelVersion,
    endpoint_name: endpoint,
    recall_on_prod: results.metrics.recall ?? null,
    target_recall: results.target_recall,
    secondary_failures: results.secondary_gates
      .filter(({ passed }) => passed === false)
      .map(({ metric, value, baseline }) => ({ gate: metric, value, baseline })),
    drift_issues: results.data_quality_issues.filter(({ check }) => check === 'z_mean' || check === 'psi'),
  };
}
