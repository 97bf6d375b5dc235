import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { InputError } from '../../common/errors.js';
import { oneOf } from '../../common/nearest.js';
import { activeWaivers, type Waiver } from '../../documents/ledger.js';
import { addWaiver, clearWaiver, readOverrides } from '../../pipeline/overrides.js';
import type { Act, Flags } from '../act.js';
import { refuseIdle } from '../no-effect.js';
import type { Workspace } from '../context.js';
import { dateFlag, endOfDay } from '../dates.js';
import { table } from '../output.js';
import type { Text } from '../terminal.js';

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
        const { environment, output } = workspace;
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
            ? await readOverrides(environment)
            : await change(workspace, rule as string | undefined, flags, now);
        const active = activeWaivers(document.waivers, now);
        output.result(document, () => waiversText(active));
      }),
    );
}

function change(workspace: Workspace, rule: string | undefined, flags: Flags, now: Date) {
  const { environment } = workspace;
  // Looking is always allowed; before anything is checked of a change, the guard is asked.
  environment.writers('waive');
  if (flags.clear !== undefined) {
    if (rule !== undefined) throw new InputError(`waive --clear: found a second gate "${rule}", expected one`);
    return clear(workspace, flags.clear as string, flags);
  }
  return addWaiver(environment, waiverOf(workspace, rule, flags, now));
}

async function clear({ environment }: Workspace, gate: string, flags: Flags) {
  const { waivers } = await readOverrides(environment);
  const known = waivers.map((waiver) => waiver.gate);
  if (!known.includes(gate)) {
    const expected = known.length === 0 ? 'none: nothing is waived' : oneOf(gate, known);
    throw new InputError(`waive --clear: found "${gate}", expected ${expected}`);
  }
  return clearWaiver(
    environment,
    gate,
    userInfo().username,
    (flags.reason as string | undefined) ?? 'no longer needed',
  );
}

function waiverOf({ project }: Workspace, rule: string | undefined, flags: Flags, now: Date): Waiver {
  const gates = project.file.monitor.gates.map(({ id }) => id);
  if (rule === undefined) throw new InputError(`waive: found no gate, expected ${oneOf(undefined, gates)}`);
  if (!gates.includes(rule)) throw new InputError(`waive: found gate "${rule}", expected ${oneOf(rule, gates)}`);
  const must = (name: 'owner' | 'until' | 'reason', what: string): string => {
    const text = flags[name] as string | undefined;
    if (text === undefined || text.trim() === '') throw new InputError(`waive: found no --${name}, expected ${what}`);
    return text;
  };
  const owner = must('owner', 'who answers for it');
  const until = dateFlag('--until', must('until', 'the day when it ends'));
  const reason = must('reason', 'why');
  if (Date.parse(endOfDay(until)) <= now.getTime())
    throw new InputError(`--until: found ${until}, which is over, expected a day to come`);
  return { gate: rule, owner, reason, setAt: now.toISOString(), until };
}

function waiversText(waivers: Waiver[]): Text {
  if (waivers.length === 0) return 'nothing is waived';
  const rows = waivers.map(({ gate, owner, until, reason }) => [gate, owner, until, reason]);
  return table(['gate', 'owner', 'until', 'reason'], rows);
}
