import type { Command } from 'commander';
import { DamagedFile, InputError } from '../../common/errors.js';
import type { Run } from '../../documents/run.js';
import { foreignRuns, type ForeignRun } from '../../pipeline/foreign-runs.js';
import { readRun, runIds } from '../../pipeline/run-record.js';
import type { Environment } from '../../platform/ports/environment.js';
import type { Act } from '../command-runner.js';
import { answer } from '../../operations/answer.js';
import { wholeNumber } from '../file-arguments.js';
import { age, apart, figure, table } from '../output.js';
import type { Lines } from '../terminal.js';
import { comparisonText, compareRuns } from './runs-compare.js';

export function addRuns(program: Command, act: Act): void {
  const runs = program.command('runs').description('run history');
  runs
    .command('list')
    .description('all runs, newest first')
    .option('--limit <n>', 'how many', wholeNumber, 20)
    .action(
      act(async ({ environment, output }, _args, flags) => {
        const list: Run[] = [];
        for (const id of (await runIds(environment)).slice(0, flags.limit as number)) {
          const run = await readRun(environment, id).catch((error: unknown) => {
            if (!(error instanceof DamagedFile)) throw error;
            output.warn(`left out: ${error.message}`);
            return undefined;
          });
          if (run !== undefined) list.push(run);
        }
        const others = (await foreignRuns(environment))
          .slice(-(flags.limit as number))
          .reverse()
          .map(foreignLine);
        output.result(answer('runs', { runs: list, foreign: others }), () =>
          apart([listText(list), others.length > 0 ? foreignText(others) : []]),
        );
      }),
    );
  runs
    .command('show')
    .argument('<id>')
    .description('one run with its stages')
    .action(
      act(async ({ environment, output }, [id]) => {
        const run = await mustRead(environment, id as string);
        output.result(run, () => runText(run));
      }),
    );
  runs
    .command('compare')
    .argument('<a>')
    .argument('<b>')
    .description('what differs between two runs')
    .action(
      act(async ({ environment, output }, [a, b]) => {
        const [left, right] = [await mustRead(environment, a as string), await mustRead(environment, b as string)];
        const comparison = await compareRuns(environment, left, right);
        output.result(comparison, () => comparisonText(comparison));
      }),
    );
}

async function mustRead(environment: Environment, id: string): Promise<Run> {
  const run = await readRun(environment, id);
  if (run === undefined)
    throw new InputError(`runs: found no run "${id}" in ${environment.name}; see: mlops runs list`);
  return run;
}

/** A monitoring run of another system: what it says of itself. */
interface ForeignLine {
  key: string;
  at: string | null;
  answer: string;
  reasons: string[];
}

function foreignLine({ key, at: when, found }: ForeignRun): ForeignLine {
  const at = when ?? null;
  if (found.kind === 'foreign-answer') {
    const { status, reasons } = found.document;
    return { key, at, answer: status.toLowerCase(), reasons };
  }
  const { retrain_needed: needed, retrain_reasons: reasons } = found.document;
  return { key, at, answer: needed ? 'retrain' : 'healthy', reasons };
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
  return [head, table(['stage', 'status', 'seconds', 'why', 'what'], rows, ['seconds'])];
}
