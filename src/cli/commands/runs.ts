import type { Command } from 'commander';
import { InputError } from '../../common/errors.js';
import type { Run } from '../../documents/run.js';
import { readRun, runIds } from '../../pipeline/run-record.js';
import type { Environment } from '../../platform/ports.js';
import type { Act } from '../act.js';
import { wholeNumber } from '../given.js';
import { age, figure, table } from '../output.js';

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
          const run = await readRun(environment, id);
          if (run !== undefined) list.push(run);
        }
        output.result({ runs: list }, () => listText(list));
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
        const differences = compare(await mustRead(environment, a as string), await mustRead(environment, b as string));
        output.result({ a, b, differences }, () =>
          differences.length === 0
            ? 'nothing differs'
            : table(
                ['stage', 'what', a as string, b as string],
                differences.map(({ stage, what, a: left, b: right }) => [stage, what, figure(left), figure(right)]),
              ),
        );
      }),
    );
}

async function mustRead(environment: Environment, id: string): Promise<Run> {
  const run = await readRun(environment, id);
  if (run === undefined)
    throw new InputError(`runs: found no run "${id}" in ${environment.name}; see: mlops runs list`);
  return run;
}

function listText(runs: Run[]): string {
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

function runText(run: Run): string {
  const rows = run.stages.map((stage) => [
    stage.name,
    stage.status,
    stage.seconds === null ? '–' : stage.seconds.toFixed(1),
    stage.reason,
    figure(stage.figures.summary ?? ''),
  ]);
  const head = `run ${run.id}: ${run.status}${run.verdict === null ? '' : `, verdict ${run.verdict}`}`;
  return [head, table(['stage', 'status', 'seconds', 'why', 'what'], rows, ['seconds'])].join('\n');
}

interface Difference {
  stage: string;
  what: string;
  a: unknown;
  b: unknown;
}

/** Inputs, figures and answers that are not equal, stage by stage. */
export function compare(a: Run, b: Run): Difference[] {
  const differences: Difference[] = [];
  const note = (stage: string, what: string, left: unknown, right: unknown) => {
    if (left !== right) differences.push({ stage, what, a: left ?? null, b: right ?? null });
  };
  note('run', 'status', a.status, b.status);
  note('run', 'verdict', a.verdict, b.verdict);
  const names = new Set([...a.stages, ...b.stages].map(({ name }) => name));
  for (const name of names) {
    const left = a.stages.find((stage) => stage.name === name);
    const right = b.stages.find((stage) => stage.name === name);
    note(name, 'status', left?.status, right?.status);
    const hashes = (run: typeof left) => Object.fromEntries(run?.inputs.map(({ uri, sha256 }) => [uri, sha256]) ?? []);
    compareMaps(name, hashes(left), hashes(right), note);
    compareMaps(name, left?.figures ?? {}, right?.figures ?? {}, note);
  }
  return differences;
}

function compareMaps(
  stage: string,
  left: Record<string, unknown>,
  right: Record<string, unknown>,
  note: (stage: string, what: string, left: unknown, right: unknown) => void,
): void {
  for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) note(stage, key, left[key], right[key]);
}
