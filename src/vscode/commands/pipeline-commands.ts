import * as vscode from 'vscode';
import { anyChange } from '../../export/differences.js';
import { differencesText } from '../../export/differences-text.js';
import { pipelineName } from '../../export/sagemaker-pipeline.js';
import { registerProjectPipeline, showRegistration } from '../../operations/pipelines/register.js';
import { exportPipeline, showPipeline } from '../../operations/pipelines/show.js';
import { startPipeline } from '../../operations/pipelines/start.js';
import type { PipelineView } from '../../pipeline/account/show-pipeline.js';
import { formatMoment } from '../../report/format/dates.js';
import type { RowsDocuments } from '../report/rows-document.js';
import { placeOf, type Current } from '../session/current.js';
import type { Session } from '../session/session.js';
import type { Views } from '../trees/views.js';
import { saidIn, targetOf } from './arguments.js';
import { perform } from '../session/perform.js';
import type { Handlers } from './register.js';

type PipelineCommands = Pick<
  Handlers,
  'mlops.registerPipeline' | 'mlops.startPipeline' | 'mlops.showExecution' | 'mlops.showPipelineDefinition'
>;
interface Words {
  parameters: Record<string, string>;
  /** Does not ask again. */
  confirmed: boolean;
}

/** How many last lines of a failed step's log are shown. */
const logLines = 200;

/** The project's pipeline in its account: made, started, looked into. */
export function pipelineCommands(session: Session, views: Views, rows: RowsDocuments): PipelineCommands {
  return {
    'mlops.registerPipeline': async (argument) => {
      const current = session.requireWritable('register the pipeline');
      const plan = await perform(current, showRegistration, undefined, 'Comparing');
      if (plan === undefined) return;
      const { name, changes } = plan;
      if (!anyChange(changes))
        return void vscode.window.showInformationMessage(`${name} is registered as mlops.json says; nothing to do.`);
      const detail = `${placeOf(current)}\n\n${differencesText(name, changes).join('\n')}`;
      if (!saidIn<Words>(argument).confirmed && !(await asked(`Register ${name}?`, detail, 'Register'))) return;
      await perform(current, registerProjectPipeline, plan, `Registering ${name}`);
      await views.refresh('mlops.pipeline');
    },
    'mlops.startPipeline': async (argument) => {
      const current = session.requireWritable('start the pipeline');
      const name = pipelineName(current.project.file);
      const parameters = saidIn<Words>(argument).parameters ?? (await pickParameters(current, name));
      if (parameters === undefined) return undefined;
      const started = await perform(current, startPipeline, { parameters }, `Starting ${name}`);
      await views.refresh('mlops.pipeline');
      return started?.id;
    },
    'mlops.showPipelineDefinition': async () => {
      const current = session.require();
      const definition = await perform(current, exportPipeline, undefined, 'Writing the definition');
      if (definition === undefined) return;
      const name = `${pipelineName(current.project.file)} pipeline.json`;
      await rows.show(name, `${JSON.stringify(definition, null, 2)}\n`);
    },
    'mlops.showExecution': async (argument) => {
      const which = { execution: targetOf(argument, 'execution')?.id, lines: logLines };
      const view = await perform(session.require(), showPipeline, which, 'Looking into the pipeline');
      if (view) await rows.show(`${view.shown?.id ?? view.name}.txt`, textOf(view));
    },
  };
}

async function asked(message: string, detail: string, yes: string): Promise<boolean> {
  return (await vscode.window.showInformationMessage(message, { modal: true, detail }, yes)) === yes;
}

/** What an execution is told; undefined: not after all. */
async function pickParameters(current: Current, name: string): Promise<Record<string, string> | undefined> {
  const items: (vscode.QuickPickItem & { parameters: Record<string, string> })[] = [
    {
      label: 'As the gates decide',
      detail: 'Judges production data, and retrains when its gates ask for that',
      parameters: {},
    },
    { label: 'Retrain', detail: 'Judges, and retrains whatever the gates say', parameters: { ForceRetrain: 'true' } },
    { label: 'Only judge', detail: 'Judges, and never retrains', parameters: { ForceSkipRetrain: 'true' } },
  ];
  const title = `Start ${name}: ${placeOf(current)}`;
  return (await vscode.window.showQuickPick(items, { title }))?.parameters;
}

function textOf({ name, shown, steps }: PipelineView): string {
  if (shown === undefined) return `${name}: no executions yet`;
  const head = [
    `${name}, execution ${shown.id}`,
    `${shown.status}, started ${formatMoment(shown.startedAt)}`,
    shown.reason ?? '',
  ];
  const each = steps.flatMap((step) => [
    '',
    [step.name, step.outcome ?? step.status].join(': '),
    ...[step.reason, step.job && `job ${step.job.name}`]
      .filter((line) => line !== undefined)
      .map((line) => `  ${line}`),
    ...(step.log.length === 0 ? [] : ['  the end of its log:', ...step.log.map((line) => `    ${line}`)]),
  ]);
  return [...head.filter(Boolean), ...each, ''].join('\n');
}
