import type { ColumnDrift } from '../documents/monitoring.js';
import type { GateResult, Verdict } from '../documents/verdict.js';
import type { TableBlock, TableRow } from './blocks.js';
import { parseMetric } from './metric-names.js';
import { formatLimit } from './numbers.js';
import { offered } from './offered.js';
import { categoryOverlay, overlayOf } from './overlay.js';
import type { ReportContext, Subject } from './subject.js';
import { answerCell, numberCell, textCell } from './table/cells.js';
import type { Answer, Part } from './view.js';
import { operatorSigns } from './words.js';

/** Every feature, baseline against now, the farthest moved first; what cannot be told stands last, with its reason. */
export function driftOf(subject: Subject, context: ReportContext): Part<TableBlock> {
  if (subject.columns.length === 0) return { absent: 'No statistics of the features are recorded.' };
  const gate = subject.gates.find(({ metric }) => parseMetric(metric).figure === 'z_mean');
  const answers = new Map(gate?.evidence?.columns?.map(({ column, status }) => [column, heard(status, gate)]) ?? []);
  const rows = [...subject.columns]
    .sort(byDistance)
    .map((column) => rowOf(column, answers.get(column.column) ?? statusOf(column, gate), context));
  return {
    type: 'table',
    id: 'drift',
    title: subject.columns.some(({ importance }) => importance !== null)
      ? 'Drift, with each feature’s importance'
      : 'Drift',
    filter: 'Only drifted or not known',
    columns: [
      { id: 'column', title: 'Feature' },
      { id: 'overlay', title: 'Distribution', key: ['baseline', 'now'] },
      { id: 'z', title: 'z', number: true },
      { id: 'nulls', title: 'null %', number: true },
      { id: 'importance', title: 'importance', number: true },
      { id: 'answer', title: 'Answer', hidden: true },
    ],
    rows,
    note: noteOf(gate),
  };
}

/** What fails under an advisory or waived gate is a warning. */
function heard(status: Verdict, gate: GateResult): Verdict {
  return status === 'fail' && gate.status === 'warn' ? 'warn' : status;
}

function byDistance(left: ColumnDrift, right: ColumnDrift): number {
  const distance = ({ z, infinite }: ColumnDrift) => (infinite ? Infinity : (z ?? -1));
  const [a, b] = [distance(left), distance(right)];
  return a === b ? (right.importance ?? 0) - (left.importance ?? 0) : b - a;
}

function rowOf(drift: ColumnDrift, status: Answer, context: ReportContext): TableRow {
  const reason = drift.reason ?? 'it could not be computed';
  const { histogram, column } = drift;
  const overlay = histogram && (histogram.categories ? categoryOverlay(histogram) : overlayOf(histogram));
  const before = drift.baseline.nullPct;
  const open = offered(context, { command: 'showRows', label: column, argument: `column:${column}` });
  return {
    id: column,
    answer: status,
    marked: status !== 'pass' && status !== 'unknown',
    cells: [
      textCell(column, 60),
      overlay ? { text: '', sort: null, overlay } : textCell(null),
      drift.infinite
        ? { text: '∞', sort: 'Infinity', full: 'it was constant in training and is another value now' }
        : numberCell(drift.z, { decimals: 2, reason }),
      {
        ...numberCell(drift.current.nullPct, { decimals: 1, reason }),
        ...(before === null ? {} : { full: `${before.toFixed(1)} % at the baseline` }),
      },
      numberCell(drift.importance, {
        decimals: importanceDecimals(drift),
        reason: 'the model does not say how much it uses this feature',
      }),
      answerCell(status),
    ],
    ...(open ? { open } : {}),
  };
}

/** Shares need two decimals; gains are larger numbers. */
function importanceDecimals({ importance }: ColumnDrift): number | undefined {
  return importance !== null && importance <= 1 ? 2 : undefined;
}

function statusOf({ z, infinite }: ColumnDrift, gate: GateResult | undefined): Answer {
  if (z === null && !infinite) return 'inconclusive';
  if (gate?.threshold == null) return 'unknown';
  if (!infinite && z! <= gate.threshold) return 'pass';
  return gate.level === 'advisory' ? 'warn' : 'fail';
}

function noteOf(gate: GateResult | undefined): string {
  const meaning = 'z: how far the mean moved, in standard deviations of the baseline';
  if (gate?.threshold == null) return `${meaning}; no gate watches it.`;
  return `${meaning}; must be ${operatorSigns[gate.operator]}\u00a0${formatLimit(gate.threshold, 2)}.`;
}
