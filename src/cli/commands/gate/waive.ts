import type { Command } from 'commander';
import { dateFlag } from '../../../common/dates.js';
import { InputError } from '../../../common/errors.js';
import { activeWaivers, type Overrides, type Waiver } from '../../../documents/ledger.js';
import { endWaiver } from '../../../operations/overrides/end-waiver.js';
import { showOverrides } from '../../../operations/overrides/show.js';
import { mustBeAGate, waiveGate, type NewWaiver } from '../../../operations/overrides/waive.js';
import type { Act, Flags } from '../../command-runner.js';
import type { Workspace } from '../../context.js';
import { refuseIdle } from '../../no-effect.js';
import { table } from '../../output.js';
import { perform } from '../../perform.js';
import type { Lines } from '../../terminal.js';

/** `mlops waive GATE …`, `--list` and `--clear GATE`. */
export function addWaive(program: Command, act: Act): void {
  program
    .command('waive')
    .argument('[rule]', "the gate's id")
    .option('--owner <name>', 'who answers for it')
    .option('--until <date>', 'when it ends')
    .option('--reason <text>', 'why')
    .option('--list', 'show the waivers that count now')
    .option('--clear <rule>', 'end a waiver before its date')
    .description('count a gate as a warning until a date')
    .action(
      act(async (workspace, [rule], flags) => {
        const now = new Date();
        const alone = { met: flags.list !== true, expected: '--list only shows' };
        const setting = { met: flags.clear === undefined, expected: '--clear ends a waiver' };
        if (rule !== undefined && flags.list === true)
          throw new InputError(`waive --list: found a gate, expected none: it shows all`);
        refuseIdle('waive', flags, [
          ...['clear', 'owner', 'until', 'reason'].map((option) => ({ option, ...alone })),
          ...['owner', 'until'].map((option) => ({ option, ...setting })),
        ]);
        const document =
          flags.list === true
            ? await perform(workspace, showOverrides, undefined, flags)
            : await change(workspace, rule as string | undefined, flags);
        const active = activeWaivers(document.waivers, now);
        workspace.output.result(document, () => waiversText(active));
      }),
    );
}

function change(workspace: Workspace, rule: string | undefined, flags: Flags): Promise<Overrides> {
  // Looking is always allowed; before anything is checked of a change, the guard is asked.
  workspace.environment.writers('waive');
  if (flags.clear === undefined) return perform(workspace, waiveGate, waiverOf(workspace, rule, flags), flags);
  if (rule !== undefined) throw new InputError(`waive --clear: found a second gate "${rule}", expected one`);
  const reason = (flags.reason as string | undefined) ?? 'no longer needed';
  return perform(workspace, endWaiver, { gate: flags.clear as string, reason }, flags);
}

function waiverOf(workspace: Workspace, rule: string | undefined, flags: Flags): NewWaiver {
  mustBeAGate(workspace, rule);
  const must = (name: 'owner' | 'until' | 'reason', what: string): string => {
    const text = flags[name] as string | undefined;
    if (text === undefined || text.trim() === '') throw new InputError(`waive: found no --${name}, expected ${what}`);
    return text;
  };
  const owner = must('owner', 'who answers for it');
  const until = dateFlag('--until', must('until', 'the day when it ends'));
  const reason = must('reason', 'why');
  return { gate: rule, owner, reason, until };
}

function waiversText(waivers: Waiver[]): Lines {
  if (waivers.length === 0) return 'nothing is waived';
  const rows = waivers.map(({ gate, owner, until, reason }) => [gate, owner, until, reason]);
  return table(['gate', 'owner', 'until', 'reason'], rows);
}
