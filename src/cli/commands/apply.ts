import type { Command } from 'commander';
import { carryOut, mustBeApplicable, planApply, planChanges, type ApplyPlan } from '../../pipeline/account/apply.js';
import { holdingLease } from '../../pipeline/holding-lease.js';
import { confirmed } from '../confirmed.js';
import type { Act, Flags } from '../act.js';
import type { Workspace } from '../context.js';
import { differencesText } from '../differences.js';
import type { Text } from '../terminal.js';

export function addApply(program: Command, act: Act): void {
  program
    .command('apply')
    .option('--diff', 'only show what would change')
    .description('make alarms, dashboards and lifecycle rules what mlops.json asks for; shows what changes first')
    .action((...args: unknown[]) => {
      const { diff } = (args.at(-1) as Command).opts<{ diff?: boolean }>();
      return (diff === true ? act(apply) : act.writing(apply))(...args);
    });
}

async function apply(workspace: Workspace, _args: unknown[], flags: Flags): Promise<void> {
  const { project, environment, output, signal } = workspace;
  const plan = await planApply(project, environment, { signal });
  const changes = planChanges(plan) && flags.diff !== true;
  if (changes) {
    output.note(planText(plan));
    await mustBeApplicable(plan, environment, { signal });
    await confirmed(environment, flags, 'apply', project.file.name);
    const writers = environment.writers('apply');
    const waiting = { signal, onWait: output.note };
    await holdingLease(writers, 'apply', waiting, () => carryOut(plan, writers, { signal }));
  }
  const { alarms, dashboards, lifecycle } = plan;
  const document = { kind: 'apply', schemaVersion: 1, applied: changes, alarms, dashboards, lifecycle };
  output.result(document, () => (changes ? 'applied' : planText(plan)));
}

function planText({ alarms, dashboards, lifecycle }: ApplyPlan): Text {
  return [
    differencesText('alarms', alarms),
    differencesText('dashboards', dashboards),
    differencesText('lifecycle rules', lifecycle),
  ];
}
