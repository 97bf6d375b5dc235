import type { Verdict } from '../../documents/gates/verdict.js';
import { knownFigure } from '../../project/rules/known-figures.js';
import { parseMetric } from '../format/figure-names.js';
import type { Comparable } from './comparable.js';
import type { Looks } from './looks.js';

export interface FigureChange {
  figure: string;
  a: number | null;
  b: number | null;
  /** b − a; null where either is missing. */
  change: number | null;
  /** Null: it is no figure of quality, or did not move. */
  better: boolean | null;
}
export interface GateChange {
  gate: string;
  a: { status: Verdict; value: number | null; threshold: number | null } | null;
  b: { status: Verdict; value: number | null; threshold: number | null } | null;
  /** Whether its answer is another one. */
  changed: boolean;
}
export interface ColumnChange {
  column: string;
  a: { value: number | null; drifted: boolean | null } | null;
  b: { value: number | null; drifted: boolean | null } | null;
  changed: boolean;
}
export interface SettingChange {
  setting: string;
  a: unknown;
  b: unknown;
  /** For lists: what only one of them has. */
  removed?: string[];
  added?: string[];
}

/** What `runs compare --json` prints, and what the page shows. */
export interface Comparison {
  kind: 'comparison';
  schemaVersion: 1;
  a: { name: string; kind: string; verdict: string | null };
  b: { name: string; kind: string; verdict: string | null };
  /** All figures that either holds, also those that did not move. */
  figures: FigureChange[];
  gates: GateChange[];
  columns: ColumnChange[];
  /** Only those that differ. */
  settings: SettingChange[];
  /** Absent where neither tells. */
  looks?: { a: Looks; b: Looks };
}

/** Two documents side by side, from a to b. */
export function compare(a: Comparable, b: Comparable): Comparison {
  return {
    kind: 'comparison',
    schemaVersion: 1,
    a: { name: a.name, kind: a.kind, verdict: a.verdict },
    b: { name: b.name, kind: b.kind, verdict: b.verdict },
    figures: union(a.figures, b.figures).map((figure) => figureChange(figure, a.figures[figure], b.figures[figure])),
    gates: gateChanges(a, b),
    columns: union(a.columns, b.columns).map((column) => {
      const [left, right] = [a.columns[column] ?? null, b.columns[column] ?? null];
      return { column, a: left, b: right, changed: left?.drifted !== right?.drifted };
    }),
    settings: settingChanges(a.settings, b.settings),
    ...(a.looks && b.looks ? { looks: { a: a.looks, b: b.looks } } : {}),
  };
}

function union(a: object, b: object): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])];
}

/** Counts and settings among the figures are neither better nor worse. */
const neutral =
  /^(n|positives|threshold|tp|tn|samples|trials|share|mean|residual_mean)$|seconds|rows|train_samples|test_samples/;
const lowerCells = /^(fp|fn)$/;

function figureChange(figure: string, a: number | null = null, b: number | null = null): FigureChange {
  const change = a === null || b === null ? null : b - a;
  const own = figure.replace(/^[\w-]+: /, '');
  if (change === null || Math.abs(change) < 1e-12 || neutral.test(own)) return { figure, a, b, change, better: null };
  const { figure: base, name } = parseMetric(own);
  const lower = lowerCells.test(own) || name.betterIs === 'lower';
  const known = lowerCells.test(own) || knownFigure(base) !== undefined;
  return { figure, a, b, change, better: known ? change < 0 === lower : null };
}

function gateChanges(a: Comparable, b: Comparable): GateChange[] {
  const ids = [...new Set([...a.gates, ...b.gates].map(({ id }) => id))];
  return ids.map((gate) => {
    const side = ({ gates }: Comparable) => {
      const found = gates.find(({ id }) => id === gate);
      return found ? { status: found.status, value: found.value, threshold: found.threshold } : null;
    };
    const [left, right] = [side(a), side(b)];
    return { gate, a: left, b: right, changed: left?.status !== right?.status };
  });
}

function settingChanges(a: Record<string, unknown>, b: Record<string, unknown>): SettingChange[] {
  return union(a, b).flatMap((setting): SettingChange[] => {
    const [left, right] = [a[setting] ?? null, b[setting] ?? null];
    if (JSON.stringify(left) === JSON.stringify(right)) return [];
    if (!Array.isArray(left) || !Array.isArray(right)) return [{ setting, a: left, b: right }];
    const [were, are] = [new Set(left.map(String)), new Set(right.map(String))];
    return [
      {
        setting,
        a: left,
        b: right,
        removed: [...were].filter((one) => !are.has(one)),
        added: [...are].filter((one) => !were.has(one)),
      },
    ];
  });
}
