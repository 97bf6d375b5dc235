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
import { oneOf } from '../../../common/nearest.js';
import type { Act, Flags } from '../../command-runner.js';
import type { Workspace } from '../../context.js';
import { differencesText } from '../../differences.js';
import { age, table } from '../../output.js';
import { perform } from '../../perform.js';
import { jsonText, printDocument, type Lines } from '../../terminal.js';
import { writePlatform } from '../../write-export.js';

export function addPipeline(program: Command, act: Act): void {
  const pipeline = program.command('pipeline').description("the project's monitoring as a pipeline of a platform");
  pipeline
    .command('export')
    .requiredOption('--to <platform>', 'sagemaker, airflow or github-actions')
    .option('--out <folder>', 'where the files for airflow or github-actions are written')
    .option('--replace', 'replace files that differ')
    .description('print the definition for sagemaker; write DAGs for airflow, workflows for github-actions')
    .action((...given: unknown[]) => {
      const { to } = given.at(-2) as Flags;
      return to === 'sagemaker' ? act(printDefinition)(...given) : act.project(writeWorkflows)(...given);
    });
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

async function writeWorkflows(at: Omit<Workspace, 'environment'>, _args: unknown[], flags: Flags): Promise<void> {
  const { to, env } = flags as { to: string; env?: string };
  const platform = (['airflow', 'github-actions'] as const).find((one) => one === to);
  if (platform === undefined)
    throw new InputError(`--to: found "${to}", expected ${oneOf(to, ['sagemaker', 'airflow', 'github-actions'])}`);
  if (flags.out === undefined)
    throw new InputError(`pipeline export: found no --out, expected a folder for the files of ${to}`);
  await writePlatform(at, flags, { platform, environment: env });
}

async function printDefinition(workspace: Workspace, _args: unknown[], flags: Flags): Promise<void> {
  if (flags.out !== undefined || flags.replace === true)
    throw new InputError('pipeline export: found --out or --replace, expected none: the definition is printed');
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
