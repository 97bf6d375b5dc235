import type { ColumnStatistics } from '../documents/baselines.js';
import type { Session } from './session.js';
import { identifier } from './sql.js';

const bins = 20;

const numericTypes = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL.*|BOOLEAN)$/;

/** Whether a DuckDB type is a number for statistics and models; booleans are 0 and 1. */
export const isNumeric = (type: string): boolean => numericTypes.test(type);

/** The value as a double where not-a-number is as missing as null: pandas' reading. */
const numberOf = (column: string): string => {
  const value = `${identifier(column)}::DOUBLE`;
  return `CASE WHEN isnan(${value}) THEN NULL ELSE ${value} END`;
};

/**
 * Statistics of `columns` over a relation (a name, or a SELECT in parentheses), for baselines and gates.
 * mean; std dividing by n−1 (null below 2 values); min, max; median and quartiles by linear interpolation, as numpy's
 * and pandas' default; `null_pct` 0–100 over all rows (null without rows); `count` of the values that are there.
 * Columns that hold no numbers get `null_pct` and `count` only. The relation is read once a column: make it a table first
 * when that is dear. With `histograms`, 20 equal bins from min to max.
 */
export async function columnStatistics(
  session: Session,
  relation: string,
  columns: readonly string[],
  options: { histograms?: boolean } = {},
): Promise<Record<string, ColumnStatistics>> {
  const types = new Map(
    (await session.describe(`SELECT * FROM ${relation}`)).map(({ name, type }) => [name, type] as const),
  );
  const result: Record<string, ColumnStatistics> = {};
  for (const column of columns) {
    const numeric = isNumeric(types.get(column) ?? '');
    const statistics = await statisticsOf(session, relation, column, numeric);
    const edges = options.histograms && numeric ? equalEdges(statistics.min, statistics.max) : null;
    result[column] = options.histograms
      ? { ...statistics, histogram: edges && { edges, shares: await shares(session, relation, column, edges) } }
      : statistics;
  }
  return result;
}

async function statisticsOf(
  session: Session,
  relation: string,
  column: string,
  numeric: boolean,
): Promise<ColumnStatistics> {
  const value = numeric ? numberOf(column) : 'NULL::DOUBLE';
  const present = numeric ? value : identifier(column);
  // `favg` sums with compensation, so that the mean does not hang on the order of rows.
  const [row] = await session.rows(`
    SELECT * EXCLUDE (q), q[1] AS q1, q[2] AS median, q[3] AS q3 FROM (
    SELECT favg(v) AS mean, stddev_samp(v) AS std, min(v) AS min, max(v) AS max,
      quantile_cont(v, [0.25, 0.5, 0.75]) AS q, count(p) AS count, count(*) AS n
    FROM (SELECT ${value} AS v, ${present} AS p FROM ${relation}))`);
  const figure = (name: string) => (typeof row?.[name] === 'number' ? row[name] : null);
  const n = figure('n') ?? 0;
  const count = figure('count') ?? 0;
  return {
    mean: figure('mean'),
    std: figure('std'),
    min: figure('min'),
    max: figure('max'),
    median: figure('median'),
    q1: figure('q1'),
    q3: figure('q3'),
    null_pct: n === 0 ? null : (100 * (n - count)) / n,
    count,
  };
}

/** Edges of equal bins between two values; one bin around a constant; null without values or with infinite ones. */
export function equalEdges(min: number | null, max: number | null): number[] | null {
  if (min === null || max === null || !Number.isFinite(min) || !Number.isFinite(max)) return null;
  if (min === max) return [min - 0.5, max + 0.5];
  return Array.from({ length: bins + 1 }, (_, i) => (i === bins ? max : min + ((max - min) * i) / bins));
}

/**
 * Shares of a column's values between given edges, for a baseline and for what is compared with it on the same edges:
 * [a, b) except the last, which is closed. Values outside count in the first or last bin, so that shares add up to 1;
 * all zero without values.
 */
export async function shares(
  session: Session,
  relation: string,
  column: string,
  edges: readonly number[],
): Promise<number[]> {
  const inner = edges.slice(1, -1);
  const bin = inner.length === 0 ? '0' : inner.map((edge) => `(v >= ${edge}::DOUBLE)::INTEGER`).join(' + ');
  const rows = await session.rows(
    `SELECT bin, count(*) AS n FROM (SELECT ${bin} AS bin FROM (SELECT ${numberOf(column)} AS v FROM ${relation})
     WHERE v IS NOT NULL) GROUP BY bin`,
  );
  const counts = new Array<number>(edges.length - 1).fill(0);
  for (const { bin: index, n } of rows) counts[Number(index)] = Number(n);
  const total = counts.reduce((sum, n) => sum + n, 0);
  return counts.map((n) => (total === 0 ? 0 : n / total));
}
