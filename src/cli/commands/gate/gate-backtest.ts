import type { Command } from 'commander';
import { InputError } from '../../../common/errors.js';
import type { Verdict } from '../../../documents/gates/verdict.js';
import { backtestGates } from '../../../operations/gates/backtest.js';
import type { Backtest } from '../../../documents/gates/gate-backtest.js';
import type { Act } from '../../command-runner.js';
import { dateFlag, endOfDay, startOfDay } from '../../../common/dates.js';
import { table, verdictWord } from '../../output.js';
import { perform } from '../../perform.js';
import type { Lines } from '../../terminal.js';

/** `mlops gate backtest`: what these rules, or changed ones, would have said to the stored history. */
export function addGateBacktest(gate: Command, act: Act): void {
  gate
    .command('backtest')
    .requiredOption('--since <date>', 'from which day on')
    .option('--until <date>', 'to which day (default: today)')
    .option('--set <settings...>', 'GATE.threshold=NUMBER; also minSamples, level, action')
    .description('what the rules would have said to the stored history; writes nothing')
    .action(
      act(async (workspace, _args, { since: from, until: to, set, ...flags }) => {
        const since = startOfDay(dateFlag('--since', from as string));
        const until = to === undefined ? null : endOfDay(dateFlag('--until', to as string));
        if (until !== null && until < since)
          throw new InputError(`--until: found ${until}, expected a date after ${since}`);
        const settings = (set as string[] | undefined) ?? [];
        const document = await perform(workspace, backtestGates, { since, until, settings }, flags);
        workspace.output.result(document, () => backtestText(document));
      }),
    );
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
