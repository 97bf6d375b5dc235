import { DamagedFile, InputError } from '../../common/errors.js';
import type { MonitoringResults } from '../../documents/monitoring.js';
import type { Verdict } from '../../documents/verdict.js';
import { withSettings } from '../../gates/settings.js';
import { backtest, type Backtest } from '../../pipeline/judging/backtest.js';
import { foreignRuns, isForeignRun, type ForeignRun } from '../../pipeline/foreign-runs.js';
import { adoptedBaseline } from '../../pipeline/judging/adopted-baseline.js';
import { monitorFolders, resultsIn } from '../../pipeline/stored-results.js';
import type { Work } from '../command-runner.js';
import { dateFlag, endOfDay, startOfDay } from '../dates.js';
import { table, verdictWord } from '../output.js';
import type { Lines } from '../terminal.js';

/** `mlops gate backtest`: what these rules, or changed ones, would have said to the stored history. Writes nothing. */
export const backtestGates: Work = async ({ project, environment, output, signal }, _args, flags) => {
  const since = startOfDay(dateFlag('--since', flags.since as string));
  const until = flags.until === undefined ? null : endOfDay(dateFlag('--until', flags.until as string));
  if (until !== null && until < since) throw new InputError(`--until: found ${until}, expected a date after ${since}`);
  const settings = (flags.set as string[] | undefined) ?? [];
  const { monitor } = project.file;
  const gates = withSettings(monitor.gates, settings);
  const stored: MonitoringResults[] = [];
  for (const folder of await monitorFolders(environment)) {
    signal.throwIfAborted();
    const results = await resultsIn(environment, folder).catch((error: unknown) => {
      if (!(error instanceof DamagedFile)) throw error;
      output.warn(`left out: ${error.message}`);
      return undefined;
    });
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
  const document = backtest(
    { monitor: { ...monitor, gates } },
    history,
    { since, until, settings },
    await adoptedBaseline(project.folder),
  );
  output.result(document, () => backtestText(document));
};

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

function backtestText({ runs, summary }: Backtest): Lines {
  const rows = runs.map(({ date, modelVersion, then, now, changed }) => [
    date,
    modelVersion,
    verdictWord(then),
    verdictWord(now),
    changed.map((change) => `${change.gate}: ${change.then ?? 'none'} to ${change.now ?? 'none'}`).join(', '),
  ]);
  const gates = summary.gates.map(({ id, rule, failedThen, failedNow, inconclusiveNow }) => {
    return [id, rule, String(failedThen), String(failedNow), String(inconclusiveNow)];
  });
  return [
    table(['date', 'version', 'verdict then', 'verdict now', 'changed gates'], rows),
    '',
    table(['gate', 'rule', 'failed then', 'fails now', 'inconclusive now'], gates, [
      'failed then',
      'fails now',
      'inconclusive now',
    ]),
    '',
    `${summary.runs} runs: then ${tallyText(summary.then)}, retraining asked for ${summary.retrainThen} times; ` +
      `now ${tallyText(summary.now)}, ${summary.retrainNow} times`,
  ];
}

function tallyText(counts: Partial<Record<Verdict, number>>): string {
  return Object.entries(counts)
    .map(([verdict, count]) => `${count} ${verdict}`)
    .join(', ');
}
