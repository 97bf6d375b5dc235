import type { MonitoringConstraints } from '../../documents/baselines.js';
import type { Figure } from '../../gates/figures.js';
import { keyOf } from '../../gates/judge.js';
import { thresholdOf } from '../../gates/threshold.js';
import { parseRule, type Rule } from '../../project/rules/rule.js';
import type { ProjectFile } from '../../project/schema.js';
import { qualityFigures, storedCounts } from '../evaluating/figures.js';
import { drawnIntervals } from '../evaluating/intervals.js';
import { judgeSlices, sliceEdgesOf, sliceFigures } from '../evaluating/slices.js';
import type { BaselineRows } from './baselines.js';

/** `monitoring_constraints.json`: the project's gates as numbers for this version, and its figures on the test set. */
export function constraintsOf(
  file: ProjectFile,
  modelVersion: string,
  fresh: Pick<BaselineRows, 'candidate' | 'fitted' | 'test'>,
): MonitoringConstraints {
  const { candidate } = fresh;
  const test = fresh.test.figures;
  const figures = baselineFigures(file, fresh);
  const baseline = Object.fromEntries(Object.entries(figures).map(([key, { value }]) => [key, value]));
  const rules = file.monitor.gates
    .map((gate) => ({ gate, rule: parseRule(gate.rule) }))
    .filter(({ rule }) => !rule.estimated);
  const primary = rules.find(
    ({ gate, rule }) =>
      gate.level === 'hard' && rule.columns === null && rule.slice === null && rule.limit.kind === 'absolute',
  );
  const quality = (figure: string) => {
    const found = rules.find(({ rule }) => rule.figure === figure && rule.columns !== null);
    return found?.rule.limit.kind === 'absolute' ? found.rule.limit.value : null;
  };
  return {
    kind: 'monitoring-constraints',
    schemaVersion: 1,
    modelVersion,
    primary_constraint:
      primary?.rule.limit.kind === 'absolute'
        ? {
            metric: keyOf(primary.rule, null),
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
    baseline_confusion: storedCounts(test).confusion ?? null,
    baseline_metrics: baseline,
    baseline_intervals: intervalsOf(figures),
    baseline_rows: test.n,
    slice_edges: sliceEdgesOf(file, fresh.fitted),
  };
}

/** All figures on the test set, and those of its slices that a rule holds against the baseline. */
function baselineFigures(
  file: ProjectFile,
  { fitted, test }: Pick<BaselineRows, 'fitted' | 'test'>,
): Record<string, Figure> {
  const { task } = file.model;
  const { intervals } = drawnIntervals(task, test.part, test);
  const plain = qualityFigures(task, test.figures, intervals);
  const sliced = new Set(file.monitor.gates.flatMap(({ rule }) => slicedKey(parseRule(rule))));
  if (sliced.size === 0) return plain;
  const { slices } = judgeSlices(file, test, sliceEdgesOf(file, fitted));
  const figures = Object.entries(sliceFigures(task, slices)).filter(([key]) => sliced.has(key));
  return { ...plain, ...Object.fromEntries(figures) };
}

function intervalsOf(figures: Record<string, Figure>): MonitoringConstraints['baseline_intervals'] {
  const known = Object.entries(figures).flatMap(([key, { interval }]) => (interval ? [[key, interval] as const] : []));
  return Object.fromEntries(known);
}

const slicedKey = (rule: Rule): string[] => (rule.slice === null ? [] : [keyOf(rule, null)]);

interface ParsedGate {
  rule: Rule;
}

function secondary(
  rules: ParsedGate[],
  baseline: Record<string, number | null>,
): MonitoringConstraints['secondary_constraints'] {
  const entries = rules.flatMap(({ rule }) => {
    if (rule.limit.kind !== 'relative' || rule.limit.to !== 'baseline' || rule.columns !== null) return [];
    const key = keyOf(rule, null);
    const limit = thresholdOf(rule.limit, key, { baseline }).value ?? undefined;
    const side = rule.operator.startsWith('>') ? { min: limit } : { max: limit };
    return [[key, { ...side, baseline: baseline[key] ?? null }] as const];
  });
  return Object.fromEntries(entries);
}
