import type { Command } from 'commander';
import { ExitCode, InputError } from '../../../common/errors.js';
import { anyChange } from '../../../export/differences.js';
import {
  registerProjectPipeline,
  registrationDocument,
  showRegistration,
} from '../../../operations/pipelines/register.js';
import { exportPipeline, showPipeline } from '../../../operations/pipelines/show.js';
import { startPipeline } from '../../../operations/pipelines/start.js';
import type { PipelineView } from '../../../pipeline/account/show-pipeline.js';
import type { Act, Flags } from '../../command-runner.js';
import type { Workspace } from '../../context.js';
import { differencesText } from '../../differences.js';
import { age, table } from '../../output.js';
import { perform } from '../../perform.js';
import { jsonText, printDocument, type Lines } from '../../terminal.js';

export function addPipeline(program: Command, act: Act): void {
  const pipeline = program.command('pipeline').description("the project's monitoring as a pipeline of a platform");
  pipeline
    .command('export')
    .requiredOption('--to <platform>', 'sagemaker')
    .description('print the definition')
    .action(act(printDefinition));
  pipeline
    .command('register')
    .option('--diff', 'only show what would change')
    .description('create or update it in the account')
    .action(act(register));
  pipeline
    .command('start')
    .option('--parameter <name=value>', 'of this execution (repeatable)', collect, [])
    .description('start an execution')
    .action(act(start));
  pipeline
    .command('show')
    .option('--execution <id>', 'which execution to look into (default: the newest)')
    .option('--lines <n>', "how many last lines of a failed step's log", '20')
    .description('its executions and the steps of one')
    .action(act(show));
}

const collect = (value: string, before: string[]) => [...before, value];

async function printDefinition(workspace: Workspace, _args: unknown[], { to, ...flags }: Flags): Promise<void> {
  if (to !== 'sagemaker') throw new InputError(`--to: found "${String(to)}", expected sagemaker`);
  printDocument(jsonText(await perform(workspace, exportPipeline, undefined, flags)));
}

async function register(workspace: Workspace, _args: unknown[], { diff, ...flags }: Flags): Promise<void> {
  if (diff !== true) workspace.environment.writers('register the pipeline');
  const plan = await perform(workspace, showRegistration, undefined, flags);
  const { name, changes } = plan;
  const applies = diff !== true && anyChange(changes);
  const done = applies
    ? await perform(workspace, registerProjectPipeline, plan, flags)
    : registrationDocument(plan, false);
  workspace.output.result(done, () => [
    differencesText(`pipeline ${name}`, changes),
    ...(done.applied ? [`registered ${name}`] : []),
  ]);
}

async function start(workspace: Workspace, _args: unknown[], { parameter, ...flags }: Flags): Promise<void> {
  const parameters = parametersOf(parameter as string[]);
  const started = await perform(workspace, startPipeline, { parameters }, flags);
  const { name } = workspace.environment;
  workspace.output.result(started, () => `started ${started.id}; see: mlops pipeline show --env ${name}`);
}

function parametersOf(texts: string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf('=');
      if (at < 1) throw new InputError(`--parameter: found "${text}", expected NAME=VALUE`);
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}

/** Exits 1 when the execution that is shown failed. */
async function show(workspace: Workspace, _args: unknown[], flags: Flags): Promise<number> {
  const lines = Number(flags.lines);
  if (!Number.isInteger(lines) || lines < 0)
    throw new InputError(`--lines: found "${String(flags.lines)}", expected a whole number`);
  const which = { execution: flags.execution as string | undefined, lines };
  const view = await perform(workspace, showPipeline, which, flags);
  workspace.output.result(view, () => text(view));
  return view.shown?.status === 'Failed' ? ExitCode.verdictFail : ExitCode.done;
}

function text({ name, updatedAt, executions, shown, steps }: PipelineView): Lines {
  const now = new Date();
  const head = `pipeline ${name}, registered ${age(updatedAt, now)}`;
  if (shown === undefined) return [head, 'no executions yet; start one with: mlops pipeline start'];
  const runs = executions.map(({ id, status, startedAt, reason }) => [id, status, age(startedAt, now), reason ?? '']);
  const rows = steps.map((step) => [step.name, step.status, seconds(step), step.outcome ?? step.reason ?? '']);
  const logs = steps.flatMap(({ name: step, log }) => (log.length === 0 ? [] : ['', `log of ${step}:`, ...log]));
  return [
    head,
    table(['execution', 'status', 'started', 'reason'], runs),
    '',
    `steps of ${shown.id}`,
    table(['step', 'status', 'seconds', 'what'], rows, ['seconds']),
    ...logs,
  ];
}

function seconds({ startedAt, endedAt }: { startedAt?: string; endedAt?: string }): string {
  if (!startedAt || !endedAt) return '–';
  return String(Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 1000));
}
