import { formatCount } from './format/numbers.js';

/** So many entries of a list are looked at; a page with more would keep its reader waiting. */
const limits: Record<string, number> = {
  columns: 1000,
  features: 1000,
  slices: 1000,
  gates: 1000,
  violations: 5000,
  trials: 5000,
  rows: 500,
  stages: 500,
};
/** So many points of a curve can be told apart. */
const mostPoints = 2000;

export interface Bounded {
  json: unknown;
  /** What was left out, in words; empty when nothing was. */
  note: string;
}

/**
 * A parsed document with its long lists cut, before it is checked and drawn: the time that takes is then bounded too.
 * Columns are ordered by how far they drifted first, so that nothing that stands out is cut.
 */
export function bounded(json: unknown): Bounded {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return { json, note: '' };
  // Its rows have their values in the order of its columns, and it is bounded where it is made.
  if ('kind' in json && json.kind === 'table-preview') return { json, note: '' };
  const notes: string[] = [];
  const entries = Object.entries(json as Record<string, unknown>).map(([key, value]): [string, unknown] => {
    const most = limits[key];
    if (Array.isArray(value) && most !== undefined && value.length > most) {
      const { words, sorted } = orders[key] ?? { words: 'the first', sorted: (all: unknown[]) => all };
      notes.push(`Of ${formatCount(value.length)} ${key}, ${words} ${formatCount(most)} are shown.`);
      return [key, sorted(value).slice(0, most)];
    }
    return [key, key === 'curves' || key === 'baselineCurves' ? thinned(value) : value];
  });
  const cut = Object.fromEntries(entries);
  return {
    json: { ...cut, ...(Array.isArray(cut.gates) ? { gates: cut.gates.map(withShortEvidence) } : {}) },
    note: notes.join(' '),
  };
}

/** What stands out is not cut. */
const orders: Record<string, { words: string; sorted: (all: unknown[]) => unknown[] }> = {
  columns: { words: 'the farthest moved', sorted: farthestFirst },
  gates: { words: 'those that do not pass and then the first, together', sorted: failedFirst },
};

function failedFirst(gates: unknown[]): unknown[] {
  const passes = (gate: unknown) => (gate as { status?: unknown } | null)?.status === 'pass';
  return [...gates.filter((gate) => !passes(gate)), ...gates.filter(passes)];
}

function farthestFirst(columns: unknown[]): unknown[] {
  return [...columns].sort((a, b) => (distance(a) === distance(b) ? 0 : distance(b) - distance(a)));
}

/** What a figure that is not known counts as: before all that moved less than any usual limit. */
const unknown = 2;

/** By z where there is one; what cannot be told stands behind what drifted and before what is well. */
function distance(column: unknown): number {
  if (typeof column !== 'object' || column === null) return unknown;
  const { z, infinite, drifted } = column as { z?: unknown; infinite?: unknown; drifted?: unknown };
  if (infinite === true || drifted === true) return Infinity;
  if (typeof z === 'number') return Math.abs(z);
  return drifted === false ? 0 : unknown;
}

/** Gates name the columns behind them, the worst first. */
function withShortEvidence(gate: unknown): unknown {
  if (typeof gate !== 'object' || gate === null || !('evidence' in gate)) return gate;
  const { evidence } = gate as { evidence?: { columns?: unknown } | null };
  if (!Array.isArray(evidence?.columns) || evidence.columns.length <= limits.columns!) return gate;
  return { ...gate, evidence: { ...evidence, columns: evidence.columns.slice(0, limits.columns) } };
}

/** Every k-th point of each curve, its last one always; parallel arrays stay parallel, curves by class a list. */
function thinned(curves: unknown): unknown {
  if (typeof curves !== 'object' || curves === null) return curves;
  if (!Array.isArray(curves)) {
    return Object.fromEntries(Object.entries(curves).map(([name, curve]: [string, unknown]) => [name, thinned(curve)]));
  }
  return curves.some((one) => typeof one === 'object' && one !== null) ? curves.map(thinned) : everyKth(curves);
}

function everyKth(values: unknown[]): unknown[] {
  if (values.length <= mostPoints) return values;
  const step = Math.ceil(values.length / mostPoints);
  return values.filter((_, at) => at % step === 0 || at === values.length - 1);
}
