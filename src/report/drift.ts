import type { ColumnDrift } from '../documents/monitoring.js';
import type { GateResult, Verdict } from '../documents/verdict.js';
import { parseMetric } from './metric-names.js';
import { figureOf, formatLimit } from './numbers.js';
import { overlayOf } from './overlay.js';
import type { Subject } from './subject.js';
import type { Answer, DriftRowView, DriftView, Part } from './view.js';
import { operatorSigns } from './words.js';

/** Every feature, baseline against now, the farthest moved first; what cannot be told stands last, with its reason. */
export function driftOf(subject: Subject): Part<DriftView> {
  if (subject.columns.length === 0) return { absent: 'No statistics of the features are recorded.' };
  const gate = subject.gates.find(({ metric }) => parseMetric(metric).figure === 'z_mean');
  const answers = new Map(gate?.evidence?.columns?.map(({ column, status }) => [column, heard(status, gate)]) ?? []);
  const rows = [...subject.columns].sort(byDistance).map((column) => rowOf(column, answers.get(column.column), gate));
  return { title: titleOf(subject.columns), rows, note: noteOf(gate) };
}

/** What fails under an advisory or waived gate is a warning. */
function heard(status: Verdict, gate: GateResult): Verdict {
  return status === 'fail' && gate.status === 'warn' ? 'warn' : status;
}

function titleOf(columns: ColumnDrift[]): string {
  return columns.some(({ importance }) => importance !== null) ? 'Drift, with each feature’s importance' : 'Drift';
}

function byDistance(left: ColumnDrift, right: ColumnDrift): number {
  return (right.z ?? -1) - (left.z ?? -1) || (right.importance ?? 0) - (left.importance ?? 0);
}

function rowOf(drift: ColumnDrift, answer: Verdict | undefined, gate: GateResult | undefined): DriftRowView {
  const reason = drift.reason ?? 'it could not be computed';
  return {
    column: drift.column,
    status: answer ?? statusOf(drift.z, gate),
    overlay: overlayOf(drift.histogram),
    z: figureOf(drift.z, reason, 2),
    nulls: figureOf(drift.current.nullPct, reason, 1),
    baselineNulls: figureOf(drift.baseline.nullPct, reason, 1),
    importance: figureOf(
      drift.importance,
      'the model does not say how much it uses this feature',
      importanceDecimals(drift),
    ),
  };
}

/** Shares need two decimals; gains are larger numbers. */
function importanceDecimals({ importance }: ColumnDrift): number | undefined {
  return importance !== null && importance <= 1 ? 2 : undefined;
}

function statusOf(z: number | null, gate: GateResult | undefined): Answer {
  if (z === null) return 'inconclusive';
  if (gate?.threshold == null) return 'unknown';
  if (z <= gate.threshold) return 'pass';
  return gate.level === 'advisory' ? 'warn' : 'fail';
}

function noteOf(gate: GateResult | undefined): string {
  const meaning = 'z: how far the mean moved, in standard deviations of the baseline';
  if (gate?.threshold == null) return `${meaning}; no gate watches it.`;
  return `${meaning}; must be ${operatorSigns[gate.operator]}\u00a0${formatLimit(gate.threshold, 2)}.`;
}
