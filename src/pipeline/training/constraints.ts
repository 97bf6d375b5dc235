import type { MonitoringConstraints } from '../../documents/baselines.js';
import { parseRule, type Rule } from '../../project/rule.js';
import type { ProjectFile } from '../../project/schema.js';
import { figureNames } from '../judging/figures.js';
import { figureOf, type SplitFigures } from './evaluate.js';
import type { FittedCandidate } from './candidate.js';

/** `monitoring_constraints.json`: the project's gates as numbers for this version, and its figures on the test set. */
export function constraintsOf(
  file: ProjectFile,
  modelVersion: string,
  candidate: FittedCandidate,
  test: SplitFigures,
): MonitoringConstraints {
  const baseline = Object.fromEntries(figureNames(file.model.task).map((name) => [name, figureOf(test, name)]));
  const rules = file.monitor.gates.map((gate) => ({ gate, rule: parseRule(gate.rule) }));
  const primary = rules.find(
    ({ gate, rule }) => gate.level === 'hard' && rule.columns === null && rule.limit.kind === 'absolute',
  );
  const quality = (figure: string) => {
    const found = rules.find(({ rule }) => rule.figure === figure && rule.columns !== null);
    return found?.rule.limit.kind === 'absolute' ? found.rule.limit.value : null;
  };
  const confusion = 'confusion' in test ? (test.confusion as MonitoringConstraints['baseline_confusion']) : null;
  return {
    kind: 'monitoring-constraints',
    schemaVersion: 1,
    modelVersion,
    primary_constraint:
      primary?.rule.limit.kind === 'absolute'
        ? {
            metric: primary.rule.figure,
            operator: primary.rule.operator,
            threshold: primary.rule.limit.value,
            action: primary.gate.action === 'retrain' ? 'reject' : 'warn',
          }
        : null,
    secondary_constraints: secondary(rules, baseline),
    data_quality: { max_null_pct: quality('null_pct'), max_feature_drift: quality('z_mean') },
    decision_threshold: candidate.bundle.threshold,
    target_recall: (candidate.bundle.metadata.target_recall as number | undefined) ?? null,
    feature_cols: candidate.columns,
    baseline_confusion: confusion,
    baseline_metrics: baseline,
  };
}

interface ParsedGate {
  rule: Rule;
}

function secondary(
  rules: ParsedGate[],
  baseline: Record<string, number | null>,
): MonitoringConstraints['secondary_constraints'] {
  const entries = rules.flatMap(({ rule }) => {
    if (rule.limit.kind !== 'relative' || rule.columns !== null) return [];
    const value = baseline[rule.figure] ?? null;
    const limit = value === null ? undefined : rule.limit.factor * value;
    const side = rule.operator.startsWith('>') ? { min: limit } : { max: limit };
    return [[rule.figure, { ...side, baseline: value }] as const];
  });
  return Object.fromEntries(entries);
}
