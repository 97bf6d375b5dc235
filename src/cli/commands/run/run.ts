import { resolve } from 'node:path';
import type { Command } from 'commander';
import { InputError } from '../../../common/errors.js';
import { oneOf } from '../../../common/nearest.js';
import type { MonitoringResults } from '../../../documents/monitoring.js';
import { stageNames, type Run, type RunEvent, type StageName } from '../../../documents/run.js';
import { startRun } from '../../../operations/runs/start.js';
import { eventFile } from '../../../pipeline/events.js';
import { exitCodeOfRun } from '../../../pipeline/exit-code.js';
import { nextRunId, stagesBetween } from '../../../pipeline/run-record.js';
import type { RunOptions } from '../../../pipeline/stage.js';
import { perform } from '../../perform.js';
import type { Lines } from '../../terminal.js';
import { progressPrinter } from '../../progress.js';
import { failOn } from '../../file-arguments.js';
import type { Act } from '../../command-runner.js';
import { refuseIdle } from '../../no-effect.js';
import type { Workspace } from '../../context.js';
import { newestResults } from '../../../pipeline/stored-results.js';
import { verdictText } from './verdict-text.js';

interface RunFlags {
  from?: string;
  to?: string;
  force?: boolean;
  source?: string[];
  acceptPartial?: boolean;
  forceRetrain?: boolean;
  forceSkipRetrain?: boolean;
  reason?: string;
  failOn?: 'fail' | 'warn';
}

export function addRun(program: Command, act: Act): void {
  const all = program.command('run').argument('[stage...]', `which stages: ${stageNames.join(', ')} (default: all)`);
  withRunFlags(all)
    .option('--from <stage>', 'first stage')
    .option('--to <stage>', 'last stage')
    .description('run the stages in order; unchanged ones are skipped')
    .action(act((workspace, [names], flags) => run(workspace, names as string[], flags)));
  for (const name of stageNames) {
    withRunFlags(program.command(name).description(`run the stage ${name}`)).action(
      act((workspace, _arguments, flags) => run(workspace, [name], flags)),
    );
  }
}

function withRunFlags(command: Command): Command {
  const collect = (value: string, before: string[]) => [...before, value];
  return command
    .option('--force', 'run although nothing changed')
    .option(
      '--source <name=path>',
      'replace a source for this run: path, glob, folder or URL (repeatable)',
      collect,
      [],
    )
    .option('--accept-partial', 'go on although part of a source is damaged')
    .option('--force-retrain', 'retrain whatever the gates say')
    .option('--force-skip-retrain', 'do not retrain, whatever the gates say (wins)')
    .option('--reason <text>', 'why, for the record')
    .addOption(failOn());
}

async function run(workspace: Workspace, names: string[], flags: RunFlags): Promise<number> {
  const { project, environment, output } = workspace;
  const stages = chooseStages(names, flags);
  refuseIdleFlags(names, stages, flags);
  const runId = await nextRunId(environment, new Date());
  const record = eventFile(project.folder, runId);
  const print = progressPrinter(output);
  const options = optionsOf(flags, Object.keys(project.file.sources));
  if (trainsOn(options, stages)) output.warn(trainsOnText(Object.keys(options.sources)));
  const emit = (event: RunEvent) => {
    record(event);
    print(event);
  };
  const finished = await perform(workspace, startRun, { stages, options, runId, emit }, {});
  const results = finished.verdict === null ? undefined : (await newestResults(environment))?.results;
  output.result(finished, () => summary(finished, results));
  if (output.quiet && finished.error && finished.status === 'failed') output.warn(finished.error.message);
  return exitCodeOfRun(finished, flags.failOn);
}

function chooseStages(names: string[], flags: RunFlags): StageName[] {
  const known = (name: string | undefined): StageName | undefined => {
    if (name === undefined || (stageNames as readonly string[]).includes(name)) return name as StageName | undefined;
    throw new InputError(`run: found stage "${name}", expected one of ${stageNames.join(', ')}`);
  };
  if (names.length > 0) {
    const asked = new Set(names.map(known));
    return stageNames.filter((name) => asked.has(name));
  }
  return stagesBetween(known(flags.from), known(flags.to));
}

/** What would be taken and do nothing in these stages. */
function refuseIdleFlags(names: string[], chosen: StageName[], flags: RunFlags): void {
  const some = (...stages: StageName[]) => stages.some((stage) => chosen.includes(stage));
  const forced = flags.forceRetrain === true || flags.forceSkipRetrain === true;
  const between = 'name the stages, or give --from and --to';
  refuseIdle(chosen.length === 1 ? chosen[0]! : 'run', { ...flags }, [
    { option: 'from', met: names.length === 0, expected: between },
    { option: 'to', met: names.length === 0, expected: between },
    {
      option: 'source',
      met: some('ingest'),
      expected: `only ingest reads sources; to judge other rows with the version that serves: ${judgeHint}`,
    },
    { option: 'acceptPartial', met: some('ingest', 'features'), expected: 'only ingest and features meet damage' },
    { option: 'forceRetrain', met: some('monitor', 'retrain'), expected: 'only monitor and retrain heed it' },
    { option: 'forceSkipRetrain', met: some('monitor', 'retrain'), expected: 'only monitor and retrain heed it' },
    {
      option: 'reason',
      met: some('retrain') || (forced && some('monitor')),
      expected: 'it says why retraining is forced or not: give --force-retrain or --force-skip-retrain',
    },
    { option: 'failOn', met: some('monitor'), expected: 'only monitor comes to a verdict', unless: 'fail' },
    {
      option: 'force',
      met: some('ingest', 'features', 'train', 'deploy', 'monitor'),
      expected: 'retraining follows from a decision: give --force-retrain',
    },
  ]);
}

const judgeHint = 'mlops judge FILE';

const trainsOn = ({ sources }: RunOptions, chosen: StageName[]): boolean =>
  Object.keys(sources).length > 0 && chosen.some((stage) => stage === 'train' || stage === 'retrain');

/** A batch that is only to be judged must not end in a model, and nobody should find that out afterwards. */
function trainsOnText(names: string[]): string {
  return (
    `--source: these rows take the place of ${names.join(', ')} and are trained on: a new version learns from them, ` +
    `and what it is judged on comes from them too. To judge them with the version that serves, and train nothing: ${judgeHint}`
  );
}

/** A path on the command line starts where the user stands, not where the project lies. */
function fromHere(path: string): string {
  return /^https?:/.test(path) ? path : resolve(path);
}

function optionsOf(flags: RunFlags, known: string[]): RunOptions {
  const sources: Record<string, string[]> = {};
  for (const text of flags.source ?? []) {
    const at = text.indexOf('=');
    if (at < 1) throw new InputError(`--source: found "${text}", expected NAME=PATH`);
    const name = text.slice(0, at);
    if (!known.includes(name)) throw new InputError(`--source: found "${name}", expected ${oneOf(name, known)}`);
    (sources[name] ??= []).push(fromHere(text.slice(at + 1)));
  }
  return {
    sources,
    force: flags.force ?? false,
    acceptPartial: flags.acceptPartial ?? false,
    forceRetrain: flags.forceRetrain ?? false,
    forceSkipRetrain: flags.forceSkipRetrain ?? false,
    reason: flags.reason ?? null,
  };
}

function summary(run: Run, results: MonitoringResults | undefined): Lines {
  return run.verdict === null || results === undefined ? [] : verdictText(results);
}
