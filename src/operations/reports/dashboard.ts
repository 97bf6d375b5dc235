import type { Dashboard } from '../../documents/measured/dashboard.js';
import { listBatches } from '../../pipeline/batches/stored-batches.js';
import { measuredDashboard } from '../../pipeline/dashboard/dashboard-document.js';
import { trendPoints } from '../../pipeline/judging/trend.js';
import { monitorFolders, resultsIn, type ResultsAt } from '../../pipeline/stored-results.js';
import { answer } from '../answer.js';
import { orLeftOut } from '../left-out.js';
import { reads, type At } from '../operation.js';

/** So many of the newest runs and batches; all of them are one command away. */
const mostJudged = 20;

/** The endpoint's dashboard as it is now: the widgets of the exported one with live figures, the gates over the newest runs, and drift. */
export const showDashboard = reads(
  'reports.dashboard',
  async (at, { hours }: { hours: number }): Promise<Dashboard> => {
    const { environment, signal } = at;
    const [measured, stored] = await Promise.all([
      measuredDashboard(at, { hours, now: new Date() }, { signal }),
      newestStored(at),
    ]);
    const gates = trendPoints(stored, await listBatches(environment));
    return answer('dashboard', { ...measured, gates, drift: driftOf(stored.at(-1)) });
  },
);

/** In the order in which they were written. */
async function newestStored({ environment, signal, warn }: At): Promise<ResultsAt[]> {
  const stored: ResultsAt[] = [];
  for (const folder of (await monitorFolders(environment)).reverse()) {
    signal.throwIfAborted();
    if (stored.length === mostJudged) break;
    const results = await orLeftOut(warn, resultsIn(environment, folder));
    if (results !== undefined) stored.unshift(results);
  }
  return stored;
}

function driftOf(newest: ResultsAt | undefined): Dashboard['drift'] {
  if (newest === undefined) return null;
  const { key, results } = newest;
  const columns = results.columns.map(({ column, z, psi, infinite }) => ({ column, z, psi: psi ?? null, infinite }));
  // A shift of a standard deviation and an index of 0.1 are both worth a look: so they stand in one order.
  const moved = ({ z, psi, infinite }: (typeof columns)[number]) => (infinite ? Infinity : (z ?? 10 * (psi ?? -1)));
  return {
    ...{ at: results.run_timestamp, results: key },
    columns: columns.sort((left, right) => moved(right) - moved(left)),
  };
}
