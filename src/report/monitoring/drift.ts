import { isNotCompared, type ColumnDrift } from '../../documents/monitoring.js';
import { worst, type GateResult, type Verdict } from '../../documents/gates/verdict.js';
import type { TableBlock, TableCell, TableRow } from '../blocks/blocks.js';
import { parseMetric } from '../format/figure-names.js';
import { formatLimit, formatNumber } from '../format/numbers.js';
import { offered } from '../actions.js';
import { categoryOverlay, overlayOf } from '../blocks/overlay.js';
import type { ReportContext } from '../report-context.js';
import type { ReportSource } from './report-source.js';
import { answerCell, numberCell, textCell } from '../blocks/cells.js';
import type { Answer, Part } from '../view.js';
import { listed, operatorSigns } from '../format/words.js';

/** Every feature, baseline against now, the farthest moved first; what cannot be told stands last, with its reason. */
export function driftOf(source: ReportSource, context: ReportContext): Part<TableBlock> {
  if (source.columns.length === 0) return { absent: 'No statistics of the features are recorded.' };
  const gateOn = (figure: string) => source.gates.find(({ metric }) => parseMetric(metric).figure === figure);
  const gate = gateOn('z_mean');
  const watching = ['psi', 'null_rise', 'null_pct', 'z_mean'].flatMap((figure) => gateOn(figure) ?? []);
  const answers = answersOf(watching);
  const indexed = source.columns.some(({ psi }) => psi !== undefined);
  const rows = [...source.columns]
    .sort(byDistance)
    .map((column) =>
      rowOf(column, answerOf(column, answers.get(column.column) ?? statusOf(column, gate)), indexed, context),
    );
  return {
    type: 'table',
    id: 'drift',
    title: source.columns.some(({ importance }) => importance !== null)
      ? 'Drift, with each feature’s importance'
      : 'Drift',
    filter: 'Only drifted or not known',
    columns: [
      { id: 'column', title: 'Feature' },
      { id: 'overlay', title: 'Distribution', key: ['baseline', 'now'] },
      { id: 'z', title: 'z', number: true },
      ...(indexed ? [{ id: 'psi', title: 'PSI', number: true }] : []),
      { id: 'nulls_before', title: 'null %, baseline', number: true, hidden: true },
      { id: 'nulls', title: 'null %', number: true },
      { id: 'importance', title: 'importance', number: true },
      { id: 'answer', title: 'Answer', hidden: true },
    ],
    rows,
    note: noteOf(gate, indexed ? gateOn('psi') : undefined),
  };
}

/** The worst answer about each column of the gates that watch it. */
function answersOf(gates: GateResult[]): Map<string, Verdict> {
  const answers = new Map<string, Verdict[]>();
  for (const gate of gates)
    for (const { column, status } of gate.evidence?.columns ?? [])
      answers.set(column, [...(answers.get(column) ?? []), heard(status, gate)]);
  return new Map([...answers].map(([column, all]) => [column, worst(all)]));
}

/** That nothing more is missing says of texts that were not compared only that: it is no pass. */
const answerOf = (column: ColumnDrift, answer: Answer): Answer =>
  answer === 'pass' && isNotCompared(column) ? 'unknown' : answer;

/** What fails under an advisory or waived gate is a warning. */
function heard(status: Verdict, gate: GateResult): Verdict {
  return status === 'fail' && gate.status === 'warn' ? 'warn' : status;
}

function byDistance(left: ColumnDrift, right: ColumnDrift): number {
  // A shift of a standard deviation and an index of 0.1 are both worth a look: so they stand in one order.
  const distance = ({ z, infinite, psi }: ColumnDrift) => (infinite ? Infinity : (z ?? 10 * (psi ?? -1)));
  const [a, b] = [distance(left), distance(right)];
  return a === b ? (right.importance ?? 0) - (left.importance ?? 0) : b - a;
}

function rowOf(drift: ColumnDrift, status: Answer, indexed: boolean, context: ReportContext): TableRow {
  const reason = drift.reason ?? 'it could not be computed';
  const { histogram, column } = drift;
  const overlay = histogram && (histogram.categories ? categoryOverlay(histogram) : overlayOf(histogram));
  const fresh = drift.newCategories;
  const share = fresh?.share == null ? '' : `${formatNumber(100 * fresh.share, 1)} % of values are new: `;
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
        : numberCell(drift.z, { decimals: 2, reason: fresh ? 'it holds categories, which have no mean' : reason }),
      ...(indexed
        ? [
            {
              ...numberCell(drift.psi, {
                decimals: 2,
                reason: isNotCompared(drift) ? `not compared, because ${reason}` : reason,
              }),
              ...(fresh && fresh.names.length > 0 ? { full: `${share}${listed(fresh.names, 4)}` } : {}),
            },
          ]
        : []),
      numberCell(drift.baseline.nullPct, { decimals: 1, reason }),
      nullCell(drift, reason),
      numberCell(drift.importance, {
        decimals: importanceDecimals(drift),
        reason: 'the model does not say how much it uses this feature',
      }),
      answerCell(status),
    ],
    ...(open ? { open } : {}),
  };
}

/** What is missing now, behind what was missing at the baseline where that differs; two columns would leave no room. */
function nullCell({ baseline, current }: ColumnDrift, reason: string): TableCell {
  const now = numberCell(current.nullPct, { decimals: 1, reason });
  const before = numberCell(baseline.nullPct, { decimals: 1, reason });
  if (now.sort === null || before.sort === null || before.text === now.text) return now;
  return {
    ...now,
    text: `${before.text} → ${now.text}`,
    full: `${before.full ?? before.text} → ${now.full ?? now.text}`,
  };
}

/** Shares need two decimals; gains are larger numbers. */
function importanceDecimals({ importance }: ColumnDrift): number | undefined {
  return importance !== null && importance <= 1 ? 2 : undefined;
}

function statusOf({ z, infinite, newCategories }: ColumnDrift, gate: GateResult | undefined): Answer {
  if (newCategories !== undefined) return 'unknown';
  if (z === null && !infinite) return 'inconclusive';
  if (gate?.threshold == null) return 'unknown';
  if (!infinite && z! <= gate.threshold) return 'pass';
  return gate.level === 'advisory' ? 'warn' : 'fail';
}

function noteOf(gate: GateResult | undefined, psi: GateResult | undefined): string {
  const meaning = 'z: how far the mean moved, in standard deviations of the baseline';
  const shares = limitOf('PSI: how far the shares moved', psi);
  return `${limitOf(meaning, gate) ?? `${meaning}; no gate watches it.`}${shares === undefined ? '' : ` ${shares}`}`;
}

function limitOf(meaning: string, gate: GateResult | undefined): string | undefined {
  if (gate?.threshold == null) return undefined;
  return `${meaning}; must be ${operatorSigns[gate.operator]}\u00a0${formatLimit(gate.threshold, 2)}.`;
}
