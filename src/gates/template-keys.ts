import type { MonitoringResults } from '../documents/monitoring.js';
import type { Decision, GateResult } from '../documents/gates/verdict.js';

type Keys = Pick<
  MonitoringResults,
  'retrain_needed' | 'retrain_reasons' | 'primary_gate' | 'secondary_gates' | 'data_quality_issues'
>;

/**
 * The keys by which earlier readers know a monitoring result. Primary: the first hard gate on a figure of the model;
 * secondary: the soft and advisory ones, and further hard ones; data quality: every column that failed a column gate.
 * `passed` is null where a gate could not be judged. Reasons stand only when retraining follows from them.
 */
export function toTemplateKeys(gates: readonly GateResult[], decision: Decision & { reasons: string[] }): Keys {
  const ofModel = gates.filter(({ evidence }) => evidence?.kind !== 'columns');
  const primary = ofModel.find(({ level }) => level === 'hard');
  const needed = decision.action === 'retrain';
  return {
    retrain_needed: needed,
    retrain_reasons: needed ? decision.reasons : decision.by === 'override' ? [decision.reason] : [],
    primary_gate: primary === undefined ? null : keysOf(primary),
    secondary_gates: ofModel
      .filter((gate) => gate !== primary)
      .map((gate) => ({ ...keysOf(gate), baseline: gate.baseline, degradation: gate.degradation })),
    data_quality_issues: gates.flatMap((gate) => failedColumns(gate)),
  };
}

function keysOf(gate: GateResult) {
  const { metric, value, threshold } = gate;
  return { metric, passed: passedOf(gate), value, target: threshold, action: actionOf(gate) };
}

function passedOf({ status }: GateResult): boolean | null {
  if (status === 'inconclusive' || status === 'error') return null;
  return status === 'pass';
}

/** `retrain`: this gate alone asks for it; `retrain-warn`: it counts towards it, or only warns. */
function actionOf(gate: GateResult): string {
  const passed = passedOf(gate);
  if (passed === null) return gate.status;
  if (passed) return 'healthy';
  return gate.level === 'hard' && gate.status === 'fail' && gate.action === 'retrain' ? 'retrain' : 'retrain-warn';
}

function failedColumns(gate: GateResult): Keys['data_quality_issues'] {
  const check = gate.metric.split('(')[0] ?? gate.metric;
  const failed = (gate.evidence?.columns ?? []).filter(({ status }) => status === 'fail');
  return failed.map(({ column, value }) => ({
    feature: column,
    check,
    passed: false,
    value,
    target: gate.threshold,
    action: actionOf(gate),
  }));
}
