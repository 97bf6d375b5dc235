import type { Confusion, Curves } from '../../documents/evaluation.js';
import type { Calibration, Slice } from '../../documents/slices.js';
import type { ColumnDrift, MonitoringResults } from '../../documents/monitoring.js';
import type { Decision, GateResult } from '../../documents/gates/verdict.js';
import type { Answer } from '../view.js';

/**
 * What a report is made from: our own results, or what another system's document holds of them.
 * Null means "not recorded", which a report says and never takes for healthy.
 */
export interface ReportSource {
  /** Said on top when another system wrote it. */
  origin: string | null;
  verdict: Answer;
  decision: Decision | null;
  project: string | null;
  environment: string | null;
  task: 'binary' | 'multiclass' | 'regression';
  modelName: string | null;
  modelVersion: string | null;
  data: string | null;
  window: { from: string | null; to: string | null } | null;
  n: number | null;
  positives: number | null;
  baselineId: string | null;
  runAt: string | null;
  gates: GateResult[];
  soft: { fail: number; of: number; failed: number } | null;
  metrics: Record<string, number | null>;
  baselineMetrics: Record<string, number | null>;
  confusion: Confusion | null;
  /** Of several classes: rows by true class, then by predicted class. */
  byClass: { classes: string[]; confusion: number[][] } | null;
  threshold: number | null;
  curves: Curves | null;
  baselineCurves: Curves | null;
  columns: ColumnDrift[];
  calibration: Calibration | null;
  slices: Slice[] | null;
  worstSlice: string | null;
  intervals: Record<string, readonly [number, number]>;
  /** What the figures of rows without a label are estimated to be. */
  estimated: NonNullable<MonitoringResults['estimated']>;
  /** Rows without a label yet; null where nobody counted them. */
  unlabelled: number | null;
  reasons: Record<string, string>;
  /** What the document itself says beside its answer: why it decided so, what to know before trusting it. */
  notes: string[];
}

/** Our own results, as they are. */
export function sourceOf(results: MonitoringResults): ReportSource {
  return {
    origin: null,
    verdict: results.verdict,
    decision: results.decision,
    project: results.project,
    environment: results.environment,
    task: results.task,
    modelName: results.modelName,
    modelVersion: results.modelVersion,
    data: results.evaluation_data,
    window: results.window,
    n: results.n,
    positives: results.positives,
    baselineId: results.baselineId,
    runAt: results.run_timestamp,
    gates: results.gates,
    soft: results.soft,
    metrics: results.metrics,
    baselineMetrics: results.baselineMetrics,
    confusion: results.confusion_matrix,
    byClass:
      results.classes && results.class_confusion
        ? { classes: results.classes, confusion: results.class_confusion }
        : null,
    threshold: results.decision_threshold,
    curves: results.curves,
    baselineCurves: results.baselineCurves,
    columns: results.columns,
    calibration: results.calibration ?? null,
    slices: results.slices ?? null,
    worstSlice: results.worstSlice ?? null,
    intervals: { ...gateIntervals(results), ...results.intervals },
    estimated: results.estimated ?? {},
    unlabelled: results.unlabelled ?? (typeof results.n_missing === 'number' ? results.n_missing : null),
    reasons: results.reasons,
    notes: results.notes ?? [],
  };
}

/** Rates carry their interval in their gate. */
function gateIntervals({ gates }: MonitoringResults): Record<string, readonly [number, number]> {
  return Object.fromEntries(
    gates.flatMap(({ metric, interval, confidence = 0.95 }) =>
      interval && confidence === 0.95 ? [[metric, interval] as const] : [],
    ),
  );
}
