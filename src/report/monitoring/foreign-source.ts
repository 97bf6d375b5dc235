import { fromBaseline } from '../../documents/threshold-source.js';
import {
  confusionOfForeign,
  figureOfForeign,
  type ForeignAnswer,
  type ForeignGate,
  type ForeignResults,
  type ForeignTrigger,
} from '../../documents/foreign/foreign.js';
import type { RetrainTrigger } from '../../documents/monitoring.js';
import type { Decision, GateResult, Operator, Verdict } from '../../documents/gates/verdict.js';
import { formatNumber } from '../format/numbers.js';
import type { ReportSource } from './report-source.js';
import type { Answer } from '../view.js';

/**
 * What other systems' documents hold of a report. They state which gates passed; nothing is judged anew here,
 * and what they leave out stays null.
 */
const nothing: ReportSource = {
  origin: 'Another system wrote this document. It is shown as it is; what it does not record says so.',
  verdict: 'unknown',
  decision: null,
  project: null,
  environment: null,
  task: 'binary',
  modelName: null,
  modelVersion: null,
  data: null,
  window: null,
  n: null,
  positives: null,
  baselineId: null,
  runAt: null,
  gates: [],
  soft: null,
  metrics: {},
  baselineMetrics: {},
  confusion: null,
  byClass: null,
  threshold: null,
  curves: null,
  baselineCurves: null,
  columns: [],
  calibration: null,
  slices: null,
  worstSlice: null,
  intervals: {},
  estimated: {},
  unlabelled: null,
  reasons: {},
  notes: [],
};

/** The group of secondary gates fails at two failures, by the template's contract. */
const softFails = 2;

export function sourceOfForeignResults(document: ForeignResults): ReportSource {
  const secondary = document.secondary_gates.map((gate) => gateOf(gate, 'soft'));
  const primary = document.primary_gate ? [gateOf(document.primary_gate, 'hard')] : [];
  const quality = document.data_quality_issues.map((issue) =>
    gateOf(
      { ...blank, ...issue, ...columnMetric(issue), passed: false },
      issue.action === 'retrain' ? 'hard' : 'advisory',
    ),
  );
  const confusion = document.confusion_matrix ?? null;
  const failed = secondary.filter(({ status }) => status === 'fail').length;
  return {
    ...nothing,
    verdict: verdictOf([...primary, ...quality], failed, primary.length > 0),
    decision: decisionOf(document.retrain_needed, document.retrain_reasons),
    data: document.evaluation_data ?? null,
    n: confusion && confusion.tp + confusion.fp + confusion.fn + confusion.tn,
    positives: confusion && confusion.tp + confusion.fn,
    runAt: document.run_timestamp ?? null,
    gates: [...primary, ...secondary, ...quality],
    soft: secondary.length > 0 ? { fail: softFails, of: secondary.length, failed } : null,
    metrics: document.metrics,
    confusion,
    threshold: document.decision_threshold,
    notes: said(document.retrain_reasons),
  };
}

export function sourceOfForeignAnswer(document: ForeignAnswer, at: string | null): ReportSource {
  const confusion = confusionOfForeign(document);
  const override = document.force_retrain === true || document.force_skip_retrain === true;
  const claim = `It calls itself ${document.status} and holds no gate to check that by.`;
  return {
    ...nothing,
    verdict: document.verdict ?? claimed(document),
    decision: {
      ...decisionOf(document.status === 'RETRAIN', document.reasons),
      ...(override ? { by: 'override' } : {}),
    },
    n: document.samples,
    positives: confusion && confusion.tp + confusion.fn,
    runAt: at,
    metrics: {
      recall: document.recall,
      precision: document.precision,
      roc_auc: document.roc_auc,
      average_precision: document.avg_precision,
    },
    confusion,
    notes: [...said(document.reasons), claim],
  };
}

/** What an answer without a verdict amounts to. "Healthy" without a gate is a claim, not a verdict. */
function claimed({ status, degraded }: ForeignAnswer): Answer {
  if (status === 'INCONCLUSIVE') return 'inconclusive';
  return status === 'FAILED' || degraded === true || (Array.isArray(degraded) && degraded.length > 0)
    ? 'fail'
    : 'unknown';
}

/** A trigger holds only what failed; our own and another system's look alike. */
export function sourceOfTrigger(document: ForeignTrigger | RetrainTrigger): ReportSource {
  const recall = gateOf(
    { ...blank, metric: 'recall', value: document.recall_on_prod, target: document.target_recall },
    'hard',
  );
  const failures = document.secondary_failures.map((gate) => gateOf({ ...blank, ...gate, passed: false }, 'soft'));
  const drift = document.drift_issues.map((issue) =>
    gateOf({ ...blank, ...issue, ...columnMetric(issue), passed: false }, 'hard'),
  );
  const gates = [...(document.recall_on_prod === null ? [] : [recall]), ...failures, ...drift];
  return {
    ...nothing,
    origin:
      'kind' in document
        ? 'A retraining trigger: it holds what failed, and not the gates that held.'
        : 'Another system wrote this retraining trigger: it holds what failed, and not the gates that held.',
    verdict: gates.some(({ status }) => status === 'fail') ? 'fail' : 'unknown',
    decision: decisionOf(true, document.reasons),
    runAt: document.timestamp ?? null,
    gates,
    notes: [
      ...said(document.reasons),
      ...(document.endpoint_name ? [`It names the endpoint ${document.endpoint_name}.`] : []),
    ],
  };
}

const blank = { passed: undefined, value: null, target: null, baseline: null, degradation: null } as const;

type LooseGate = Pick<
  ForeignGate,
  'metric' | 'gate' | 'passed' | 'value' | 'target' | 'baseline' | 'degradation' | 'action'
> & {
  feature?: string;
};

function gateOf(gate: LooseGate, level: GateResult['level']): GateResult {
  const name = gate.metric ?? gate.gate ?? gate.feature ?? 'gate';
  const metric = figureOfForeign(name);
  const operator = operatorOf(metric);
  const passed = gate.passed ?? holds(gate.value, operator, gate.target);
  return {
    id: name,
    level,
    status: statusOf(passed, level),
    metric,
    value: gate.value,
    operator,
    threshold: gate.target,
    thresholdSource: gate.baseline === null ? 'rule' : fromBaseline,
    baseline: gate.baseline,
    degradation: gate.degradation,
    method: '',
    n: null,
    window: null,
    evidence: null,
    action: gate.action === 'retrain' ? 'retrain' : 'none',
    message: messageOf(metric, gate, passed),
  };
}

/** A finding about one feature, under the name that a rule would give it. */
function columnMetric(issue: { feature?: string; gate?: string; check?: string }): { metric?: string } {
  const what = `${issue.check ?? ''} ${issue.gate ?? ''}`;
  if (!issue.feature) return {};
  if (/null/i.test(what)) return { metric: `null_pct(${issue.feature})` };
  return /drift|z.?score/i.test(what) ? { metric: `z_mean(${issue.feature})` } : {};
}

function statusOf(passed: boolean | null, level: GateResult['level']): Verdict {
  if (passed === null) return 'inconclusive';
  if (passed) return 'pass';
  return level === 'advisory' ? 'warn' : 'fail';
}

function messageOf(metric: string, { value, target }: LooseGate, passed: boolean | null): string {
  if (passed === null) return 'the document does not say whether it passed';
  if (value === null || target === null) return `the document says that it ${passed ? 'passed' : 'failed'}`;
  return `${metric.replaceAll('_', ' ')} was ${formatNumber(value)}, its limit is ${formatNumber(target)}`;
}

/** Only where the writer did not say it; without value or limit it stays unknown. */
function holds(value: number | null, operator: Operator, limit: number | null): boolean | null {
  if (value === null || limit === null) return null;
  return operator === '<=' ? value <= limit : value >= limit;
}

function operatorOf(metric: string): Operator {
  return /false_|fpr|null|drift|z_mean/i.test(metric) ? '<=' : '>=';
}

function verdictOf(hard: GateResult[], softFailed: number, judged: boolean): Answer {
  if (hard.some(({ status }) => status === 'fail') || softFailed >= softFails) return 'fail';
  if (!judged || hard.some(({ status }) => status === 'inconclusive')) return 'inconclusive';
  return softFailed > 0 || hard.some(({ status }) => status === 'warn') ? 'warn' : 'pass';
}

function decisionOf(retrain: boolean, reasons: string[]): Decision {
  const override = reasons.some((reason) => /override/i.test(reason));
  return {
    action: retrain ? 'retrain' : 'keep',
    by: override ? 'override' : 'gates',
    reason: reasons.join('; '),
  };
}

function said(reasons: string[]): string[] {
  return reasons.length > 0 ? [`It says: ${reasons.join('; ')}.`] : [];
}
