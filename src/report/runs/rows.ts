import type { GateResult } from '../../documents/gates/verdict.js';
import { barOf } from '../blocks/bar.js';
import { formatLocalMoment } from '../format/local-time.js';
import { nameOf, parseMetric } from '../format/figure-names.js';
import { secondsText } from '../format/duration.js';
import { decimalsOf, formatLimit, formatNumber, missing } from '../format/numbers.js';
import { capital, operatorSigns, versionWord } from '../format/words.js';
import type { BarView } from '../view-parts.js';
import { figureOfColumn } from './columns.js';
import type { Outcome, RunLine } from './run-line.js';

/** A gate as far as a row draws it. */
export type GateOfRun = Pick<GateResult, 'id' | 'level' | 'metric' | 'status' | 'value' | 'operator' | 'threshold'>;

export interface RunCell {
  text: string;
  /** The whole, where `text` is short; or why there is nothing. */
  full?: string;
  /** Of a figure that a gate judged. */
  bar?: BarView;
  failed?: boolean;
}

/** One run as the page draws it. */
export interface RunRow {
  id: string;
  outcome: Outcome;
  starred: boolean;
  /** By column; those that are not asked for are not there. */
  cells: Record<string, RunCell>;
  /** In the place of figures, where it broke. */
  cause: { text: string; full: string; place: string | null } | null;
}

interface RowContext {
  /** Ids of those that are shown. */
  columns: readonly string[];
  stars: ReadonlySet<string>;
  /** Undefined while nobody has read them. */
  gates: (line: RunLine) => readonly GateOfRun[] | undefined;
  zone: string;
  now: Date;
}

/** A run as text, in the time of whoever looks. */
export function runRow(line: RunLine, { columns, stars, gates, zone, now }: RowContext): RunRow {
  const judged = gates(line) ?? [];
  return {
    id: line.id,
    outcome: line.outcome,
    starred: stars.has(line.id),
    cells: Object.fromEntries(columns.map((id) => [id, cellOf(line, id, judged, { zone, now })])),
    cause: causeOf(line),
  };
}

function causeOf({ cause }: RunLine): RunRow['cause'] {
  if (cause === null) return null;
  const where = cause.stage === null ? '' : `in ${capital(cause.stage)}: `;
  const place = cause.file === null ? null : cause.line === null ? 'Open file' : `Go to line ${cause.line}`;
  return { text: `${where}${cause.text}`, full: `${where}${cause.text}`, place };
}

function cellOf(
  line: RunLine,
  column: string,
  gates: readonly GateOfRun[],
  { zone, now }: { zone: string; now: Date },
): RunCell {
  const figure = figureOfColumn(column);
  if (figure !== undefined) return figureCell(line, figure, gates);
  switch (column) {
    case 'at':
      return Number.isNaN(line.at)
        ? nothing
        : { text: formatLocalMoment(line.at, zone, now), full: new Date(line.at).toISOString() };
    case 'outcome':
      return { text: line.outcome };
    case 'decision':
      return line.decision === null ? nothing : { text: `${line.decision}${line.held ? ' · held' : ''}` };
    case 'version':
      return line.version === null ? nothing : { text: versionWord(line.version) };
    case 'seconds':
      return line.seconds === null ? nothing : { text: secondsText(line.seconds) };
    case 'commit':
      return line.commit === null
        ? nothing
        : { text: `${line.commit.slice(0, 7)}${line.changed ? '*' : ''}`, full: commitText(line.commit, line.changed) };
    case 'who':
    case 'stages':
    case 'id':
      return line[column] ? { text: line[column] } : nothing;
    default:
      return nothing;
  }
}

const nothing: RunCell = { text: missing };

const commitText = (commit: string, changed: boolean) => `${commit}${changed ? ', with changes' : ''}`;

function figureCell({ figures }: RunLine, figure: string, gates: readonly GateOfRun[]): RunCell {
  const value = figures[figure];
  if (value === undefined || value === null) return nothing;
  const { decimals = Number.isInteger(value) && Math.abs(value) > 1 ? 0 : undefined, unit } = nameOf(
    parseMetric(figure).figure,
  );
  const text = formatNumber(value, decimals);
  const gate = gates.find(({ metric }) => metric === figure);
  if (gate?.threshold == null) return { text };
  const limit = formatLimit(gate.threshold, decimals ?? decimalsOf(value));
  const bar = barOf(value, gate.threshold, unit, { value: text, limit });
  const failed = gate.status === 'fail' || gate.status === 'error';
  const full = `must be ${operatorSigns[gate.operator]} ${limit}`;
  return { text, full, failed, ...(bar === null ? {} : { bar }) };
}
