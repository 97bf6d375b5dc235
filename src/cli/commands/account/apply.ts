import type { Command } from 'commander';
import { applyChanges, applyDocument, showChanges } from '../../../operations/account/apply.js';
import { planChanges, type ApplyPlan } from '../../../pipeline/account/apply.js';
import type { Act, Flags } from '../../command-runner.js';
import type { Workspace } from '../../context.js';
import { differencesText } from '../../differences.js';
import { perform } from '../../perform.js';
import type { Lines } from '../../terminal.js';

export function addApply(program: Command, act: Act): void {
  program
    .command('apply')
    .option('--diff', 'only show what would change')
    .description('make alarms, dashboards and lifecycle rules what mlops.json asks for; shows what changes first')
    .action(act(apply));
}

async function apply(workspace: Workspace, _args: unknown[], { diff, ...flags }: Flags): Promise<void> {
  const { project, environment, output } = workspace;
  if (diff !== true) environment.writers('apply');
  const plan = await perform(workspace, showChanges, undefined, flags);
  if (diff === true || !planChanges(plan)) return output.result(applyDocument(plan, false), () => planText(plan));
  output.note(planText(plan));
  const done = await perform(workspace, applyChanges, { project: project.file.name, plan }, flags);
  output.result(done, () => 'applied');
}

function planText({ alarms, dashboards, lifecycle }: ApplyPlan): Lines {
  return [
    differencesText('alarms', alarms),
    differencesText('dashboards', dashboards),
    differencesText('lifecycle rules', lifecycle),
  ];
}
