import { InputError } from '../../common/errors.js';
import type { MonitoringResults } from '../../documents/monitoring.js';
import { withSettings } from '../../gates/settings.js';
import { backtest } from '../../pipeline/judging/backtest.js';
import { foreignRuns, isForeignRun, type ForeignRun } from '../../pipeline/foreign-runs.js';
import { adoptedBaseline } from '../../pipeline/judging/adopted-baseline.js';
import { monitorFolders, resultsIn } from '../../pipeline/stored-results.js';
import { orLeftOut } from '../left-out.js';
import { reads } from '../operation.js';

export interface Period {
  /** The first moment, ISO 8601. */
  since: string;
  /** The last one; null: now. */
  until: string | null;
  /** `GATE.threshold=NUMBER`, …: rules as they might be. */
  settings: string[];
}

/** What these rules, or changed ones, would have said to the stored history. Writes nothing. */
export const backtestGates = reads(
  'gates.backtest',
  async ({ project, environment, signal, warn }, { since, until, settings }: Period) => {
    const { monitor } = project.file;
    const gates = withSettings(monitor.gates, settings);
    const stored: MonitoringResults[] = [];
    for (const folder of await monitorFolders(environment)) {
      signal.throwIfAborted();
      const results = await orLeftOut(warn, resultsIn(environment, folder));
      if (results !== undefined && within(results.results, since, until)) stored.push(results.results);
    }
    const foreign = (await foreignRuns(environment, { signal })).filter(
      ({ at }) => at !== undefined && within({ run_timestamp: at }, since, until),
    );
    const history = [...stored, ...foreign].sort((left, right) => timeOf(left) - timeOf(right));
    if (history.length === 0) {
      const range = until === null ? `since ${since}` : `from ${since} to ${until}`;
      throw new InputError(`gate backtest: found no monitoring results ${range}, expected some`);
    }
    const period = { since, until, settings };
    return backtest({ monitor: { ...monitor, gates } }, history, period, await adoptedBaseline(project.folder));
  },
);

const timeOf = (one: MonitoringResults | ForeignRun) =>
  Date.parse(isForeignRun(one) ? (one.at ?? '') : one.run_timestamp);

function within(
  { run_timestamp: at }: Pick<MonitoringResults, 'run_timestamp'>,
  since: string,
  until: string | null,
): boolean {
  const time = Date.parse(at);
  return time >= Date.parse(since) && (until === null || time <= Date.parse(until));
}
