import type { Command } from 'commander';
import type { Run } from '../../../documents/run.js';
import { compareRuns } from '../../../operations/runs/compare.js';
import { listRuns, type ForeignLine } from '../../../operations/runs/list.js';
import { showRun } from '../../../operations/runs/show.js';
import type { Act } from '../../command-runner.js';
import { wholeNumber } from '../../file-arguments.js';
import { age, apart, figure, table } from '../../output.js';
import { commitWords } from '../../../report/format/words.js';
import { perform } from '../../perform.js';
import type { Lines } from '../../terminal.js';
import { comparisonText } from './runs-compare.js';

export function addRuns(program: Command, act: Act): void {
  const runs = program.command('runs').description('run history');
  runs
    .command('list')
    .description('all runs, newest first')
    .option('--limit <n>', 'how many', wholeNumber, 20)
    .action(
      act(async (workspace, _args, { limit, ...flags }) => {
        const found = await perform(workspace, listRuns, { limit: limit as number }, flags);
        const { runs: own, foreign } = found;
        workspace.output.result(found, () => apart([listText(own), foreign.length > 0 ? foreignText(foreign) : []]));
      }),
    );
  runs
    .command('show')
    .argument('<id>', 'of the run')
    .description('one run with its stages')
    .action(
      act(async (workspace, [id], flags) => {
        const run = await perform(workspace, showRun, { id: id as string }, flags);
        workspace.output.result(run, () => runText(run));
      }),
    );
  runs
    .command('compare')
    .argument('<a>', 'id of a run')
    .argument('<b>', 'id of another')
    .description('what differs between two runs')
    .action(
      act(async (workspace, [a, b], flags) => {
        const comparison = await perform(workspace, compareRuns, { a: a as string, b: b as string }, flags);
        workspace.output.result(comparison, () => comparisonText(comparison));
      }),
    );
}

function foreignText(lines: ForeignLine[]): Lines {
  const rows = lines.map(({ key, at, answer: said, reasons }) => [key, at ?? '–', said, reasons.join('; ')]);
  return ['monitoring runs of another system:', table(['results', 'when', 'it said', 'why'], rows)];
}

function listText(runs: Run[]): Lines {
  if (runs.length === 0) return 'no runs yet; start one with: mlops run';
  const now = new Date();
  const rows = runs.map((run) => [
    run.id,
    run.status,
    run.verdict ?? '–',
    age(run.startedAt, now),
    run.stages.map(({ name, status }) => `${name} ${status}`).join(', '),
  ]);
  return table(['run', 'status', 'verdict', 'started', 'stages'], rows);
}

function runText(run: Run): Lines {
  const rows = run.stages.map((stage) => [
    stage.name,
    stage.status,
    stage.seconds === null ? '–' : stage.seconds.toFixed(1),
    stage.reason,
    figure(stage.figures.summary ?? ''),
  ]);
  const head = `run ${run.id}: ${run.status}${run.verdict === null ? '' : `, verdict ${run.verdict}`}`;
  const made = run.source === undefined ? [] : [`made of commit ${commitWords(run.source)}`];
  return [head, ...made, table(['stage', 'status', 'seconds', 'why', 'what'], rows, ['seconds'])];
}
