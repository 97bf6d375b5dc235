import type { Verdict } from '../../documents/gates/verdict.js';
import { metricTitle, nameOf, parseMetric } from '../format/figure-names.js';
import { decimalsOf, formatLimit, formatNumber, missing } from '../format/numbers.js';
import { operatorSigns, plural } from '../format/words.js';
import type { GateOfRun } from './rows.js';
import type { RunLine } from './run-line.js';

/** One gate over the last runs; x and y are 0–1 of the drawn box, y downwards. */
export interface GateStrip {
  id: string;
  title: string;
  answer: Verdict;
  value: string;
  /** "≥ 0.70". */
  limit: string;
  /** Lines between neighbours that both have a figure. */
  lines: { x: number; y: number }[][];
  /** Where it did not pass. */
  marks: { x: number; y: number | null; answer: Verdict }[];
  /** Where the limit stood, from run to run. */
  limits: { x: number; y: number }[];
  /** Where a run gave no answer at all. */
  gaps: number[];
  /** The strip in words. */
  summary: string;
}

/** So many runs are drawn. */
export const stripRuns = 20;
const mostGates = 6;

/**
 * The gates of the newest verdict over the last runs, oldest first; hard ones before soft ones, those that do not pass
 * before those that do.
 */
export function gateStrips(
  newestFirst: readonly RunLine[],
  gatesOf: (line: RunLine) => readonly GateOfRun[] | undefined,
): GateStrip[] {
  const runs = [...newestFirst.slice(0, stripRuns)].reverse();
  const newest = [...runs].reverse().find((line) => (gatesOf(line)?.length ?? 0) > 0);
  if (newest === undefined) return [];
  return [...gatesOf(newest)!]
    .sort((left, right) => rank(left) - rank(right))
    .slice(0, mostGates)
    .map((gate) => stripOf(gate, runs, gatesOf));
}

const levels = ['hard', 'soft', 'advisory'];
const rank = ({ level, status }: GateOfRun) => levels.indexOf(level) + (status === 'pass' ? 0.5 : 0);

function stripOf(
  newest: GateOfRun,
  runs: readonly RunLine[],
  gatesOf: (line: RunLine) => readonly GateOfRun[] | undefined,
): GateStrip {
  const own = runs.map((line) => gatesOf(line)?.find(({ id }) => id === newest.id));
  const told = own.flatMap((gate) => [gate?.value, gate?.threshold]).filter((one) => one != null && isFinite(one));
  const [low, high] = [Math.min(...(told as number[])), Math.max(...(told as number[]))];
  const y = (value: number) => (high === low ? 0.5 : 1 - (value - low) / (high - low));
  const x = (at: number) => (runs.length === 1 ? 1 : at / (runs.length - 1));
  const points = own.map((gate, at) =>
    gate?.value == null || !isFinite(gate.value) ? null : { x: x(at), y: y(gate.value) },
  );
  const metric = parseMetric(newest.metric);
  const decimals = nameOf(metric.figure).decimals ?? (newest.value === null ? 2 : decimalsOf(newest.value));
  const value = newest.value === null ? missing : formatNumber(newest.value, decimals);
  const limit =
    newest.threshold === null ? '' : `${operatorSigns[newest.operator]} ${formatLimit(newest.threshold, decimals)}`;
  const judged = own.filter((gate) => gate !== undefined);
  const failed = judged.filter(({ status }) => status === 'fail' || status === 'error').length;
  const title = metricTitle(metric);
  return {
    ...{ id: newest.id, title, answer: newest.status, value, limit },
    lines: segments(points),
    marks: own.flatMap((gate, at) =>
      gate === undefined || gate.status === 'pass' ? [] : [{ x: x(at), y: points[at]?.y ?? null, answer: gate.status }],
    ),
    limits: own.flatMap((gate, at) =>
      gate?.threshold != null && isFinite(gate.threshold) ? [{ x: x(at), y: y(gate.threshold) }] : [],
    ),
    gaps: own.flatMap((gate, at) => (gate === undefined ? [x(at)] : [])),
    summary: `${title} ${value}, must be ${limit || 'judged'}; failed ${failed} of ${judged.length} ${plural(judged.length, 'time')}.`,
  };
}

/** A line ends where a figure is missing: nothing is drawn across what nobody measured. */
function segments(points: readonly ({ x: number; y: number } | null)[]): { x: number; y: number }[][] {
  const all: { x: number; y: number }[][] = [[]];
  for (const point of points) {
    if (point === null) all.push([]);
    else all.at(-1)!.push(point);
  }
  return all.filter((segment) => segment.length > 0);
}
