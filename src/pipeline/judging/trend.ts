import type { Batch } from '../../documents/batch.js';
import type { GateTrend } from '../../documents/gates/gate-trend.js';
import type { ResultsAt } from '../stored-results.js';

type Point = GateTrend['points'][number];

/**
 * What was said over time, in the order of the times of the rows, else of the judging. A batch stands once, with its newest
 * verdict: labels that came later change what is said of it, not when it was.
 * @param stored in the order in which they were written
 */
export function trendPoints(stored: readonly ResultsAt[], batches: readonly Batch[]): Point[] {
  const newest = new Map<string, ResultsAt>();
  for (const one of stored) if (one.results.batch !== undefined) newest.set(one.results.batch.id, one);
  const windows = new Map(batches.map((batch) => [batch.id, batch.window]));
  const kept = stored.filter((one) => {
    const { batch } = one.results;
    return batch === undefined || newest.get(batch.id) === one;
  });
  const points = kept.map((one) => pointOf(one, windows.get(one.results.batch?.id ?? '')));
  const moment = ({ window, at }: Point) => {
    const own = momentOf(window.to ?? '');
    return Number.isNaN(own) ? Date.parse(at) : own;
  };
  return points.sort((left, right) => moment(left) - moment(right) || Date.parse(left.at) - Date.parse(right.at));
}

/** A time of rows, as a database writes it; without a zone it is UTC. NaN for none. */
function momentOf(text: string): number {
  const time = text
    .replace(' ', 'T')
    .replace(/([+-]\d\d)$/, (zone, _digits, at: number) => (at > 10 ? `${zone}:00` : zone));
  return Date.parse(/T\d/.test(time) && !/(Z|[+-]\d\d:?\d\d)$/.test(time) ? `${time}Z` : time);
}

function pointOf({ key, results }: ResultsAt, window: Batch['window'] | undefined): Point {
  const { batch, modelVersion, n, verdict, gates } = results;
  return {
    results: key,
    at: results.run_timestamp,
    batch: batch === undefined ? null : { id: batch.id, name: batch.name },
    window: window ?? results.window,
    ...{ modelVersion, n, verdict },
    gates: gates.map(({ id, level, status, metric, value, operator, threshold, message }) => ({
      ...{ id, level, status, metric, value, operator, threshold, message },
    })),
  };
}
