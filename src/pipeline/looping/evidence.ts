import type { ColumnDrift, MonitoringResults } from '../../documents/monitoring.js';
import type { Evidence } from '../../loop/severity.js';
import { matchesPattern } from '../../project/columns.js';
import { lowerIsBetter } from '../../project/rules/known-figures.js';

/** From this index on an input has moved much, beyond chance. */
const movedFrom = 0.2;
/** Fewer labels say nothing of quality. */
const fewest = 30;

/**
 * What results say of how much has changed. `figure` is the one that decides between candidates; a figure of which more
 * is better loses what it is lower by, one of which less is better what it has risen by, as a share of its baseline.
 * `watched` are names or patterns of the inputs that count: a calendar is never what it was, and says nothing.
 */
export function evidenceOf(
  key: string,
  results: MonitoringResults,
  figure: string,
  watched: readonly string[] = ['*'],
): Evidence {
  const inputs = results.columns.filter(({ column }) => watched.some((pattern) => matchesPattern(pattern, column)));
  const indices = inputs.flatMap((column) => indexOf(column) ?? []);
  const moved = indices.filter((index) => index >= movedFrom).length;
  const known = indices.length > 0;
  const open = results.verdict === 'inconclusive' || results.verdict === 'error';
  return {
    ...{ key, of: results.batch?.name ?? 'production', modelVersion: results.modelVersion, figure },
    ...(open && { inconclusive: `the verdict is ${results.verdict}` }),
    asks: results.decision.by === 'override' ? [] : results.retrain_reasons,
    score: known ? indices.reduce((sum, index) => sum + Math.min(index, 1), 0) / indices.length : null,
    share: known ? moved / indices.length : null,
    drop: results.n < fewest ? null : dropOf(figure, results.metrics[figure], results.baselineMetrics[figure]),
  };
}

/**
 * A column's stability index beyond what samples of these sizes show by chance in 19 of 20 cases: it is then distributed as
 * chi-square with bins - 1 degrees of freedom, times 1/n + 1/N. Of a column that was constant and is not that value now: 1.
 */
function indexOf({ psi, infinite, histogram, baseline, current }: ColumnDrift): number | undefined {
  if (infinite) return 1;
  if (psi == null || baseline.count === 0 || current.count === 0) return undefined;
  const free = (histogram?.current.length ?? 2) - 1;
  const chance = free + 1.645 * Math.sqrt(2 * free);
  return Math.max(0, psi - chance * (1 / baseline.count + 1 / current.count));
}

function dropOf(figure: string, now: number | null | undefined, before: number | null | undefined): number | null {
  if (now == null || before == null) return null;
  if (!lowerIsBetter(figure)) return before - now;
  return before === 0 ? null : (now - before) / Math.abs(before);
}
