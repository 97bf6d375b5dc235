import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { ExitCode, InputError } from '../../common/errors.js';
import { anyChange } from '../../export/differences.js';
import { pipelineName, sagemakerPipeline } from '../../export/sagemaker-pipeline.js';
import { cloudOf, pipelinePlace } from '../../pipeline/account/place.js';
import { planPipeline, registerPipeline } from '../../pipeline/account/register-pipeline.js';
import { showPipeline, type PipelineView } from '../../pipeline/account/show-pipeline.js';
import { loadProject } from '../../project/load.js';
import type { Act, Flags } from '../act.js';
import type { Workspace } from '../context.js';
import { differencesText } from '../differences.js';
import { age, table } from '../output.js';
import { jsonText, printDocument, type Text } from '../terminal.js';

export function addPipeline(program: Command, act: Act): void {
  const pipeline = program.command('pipeline').description("the project's monitoring as a pipeline of a platform");
  pipeline
    .command('export')
    .requiredOption('--to <platform>', 'sagemaker')
    .description('print the definition')
    .action(act(exportPipeline));
  pipeline
    .command('register')
    .option('--diff', 'only show what would change')
    .description('create or update it in the account')
    .action((...args: unknown[]) => {
      const { diff } = (args.at(-1) as Command).opts<{ diff?: boolean }>();
      return (diff === true ? act(register) : act.writing(register))(...args);
    });
  pipeline
    .command('start')
    .option('--parameter <name=value>', 'of this execution (repeatable)', collect, [])
    .description('start an execution')
    .action(act.writing(start));
  pipeline
    .command('show')
    .option('--execution <id>', 'which execution to look into (default: the newest)')
    .option('--lines <n>', "how many last lines of a failed step's log", '20')
    .description('its executions and the steps of one')
    .action(act(show));
}

const collect = (value: string, before: string[]) => [...before, value];

async function exportPipeline({ project, environment }: Workspace, _args: unknown[], flags: Flags): Promise<void> {
  if (flags.to !== 'sagemaker') throw new InputError(`--to: found "${String(flags.to)}", expected sagemaker`);
  const place = await pipelinePlace(project, environment.name);
  printDocument(jsonText(sagemakerPipeline(project.file, place)));
}

async function register(workspace: Workspace, _args: unknown[], flags: Flags): Promise<void> {
  const { environment, output, signal } = workspace;
  // Its jobs run the project's SQL.
  const project = await loadProject(workspace.project.folder);
  const plan = await planPipeline(project, environment, { signal });
  const { name, changes } = plan;
  const changed = anyChange(changes);
  if (changed && flags.diff !== true) await registerPipeline(project, environment, plan, { signal });
  const applied = changed && flags.diff !== true;
  output.result({ kind: 'pipeline-registration', schemaVersion: 1, name, applied, changes }, () => [
    differencesText(`pipeline ${name}`, changes),
    ...(applied ? [`registered ${name}`] : []),
  ]);
}

async function start(workspace: Workspace, _args: unknown[], flags: Flags): Promise<void> {
  const { project, environment, output, signal } = workspace;
  const { pipelines } = cloudOf(environment, 'pipeline');
  const name = pipelineName(project.file);
  if ((await pipelines.describe(name, { signal })) === undefined)
    throw new InputError(
      `pipeline ${name}: found none in ${environment.name}; register it with: mlops pipeline register`,
    );
  const parameters = parametersOf(flags.parameter as string[]);
  const { cloud } = environment.writers(`start pipeline ${name}`);
  const arn = await cloud!.pipelines.start(name, parameters, { signal, token: randomUUID() });
  const id = arn.slice(arn.lastIndexOf('/') + 1);
  const document = { kind: 'pipeline-execution', schemaVersion: 1, pipeline: name, id, arn };
  output.result(document, () => `started ${id}; see: mlops pipeline show --env ${environment.name}`);
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
  const { project, environment, output, signal } = workspace;
  const lines = Number(flags.lines);
  if (!Number.isInteger(lines) || lines < 0)
    throw new InputError(`--lines: found "${String(flags.lines)}", expected a whole number`);
  const cloud = cloudOf(environment, 'pipeline');
  const which = { execution: flags.execution as string | undefined, lines, signal };
  const view = await showPipeline(cloud, pipelineName(project.file), which);
  output.result({ kind: 'pipeline', schemaVersion: 1, ...view }, () => text(view));
  return view.shown?.status === 'Failed' ? ExitCode.verdictFail : ExitCode.done;
}

function text({ name, updatedAt, executions, shown, steps }: PipelineView): Text {
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
