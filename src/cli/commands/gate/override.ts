import type { Command } from 'commander';
import { InputError } from '../../../common/errors.js';
import { oneOf } from '../../../common/nearest.js';
import { activeOverrides, type Override, type Overrides } from '../../../documents/ledger.js';
import { clearOverride } from '../../../operations/overrides/clear.js';
import { setOverride } from '../../../operations/overrides/set.js';
import { showOverrides } from '../../../operations/overrides/show.js';
import { showHistory } from '../../../operations/releases/history.js';
import type { Act } from '../../command-runner.js';
import type { Workspace } from '../../context.js';
import { ledgerTable } from '../../ledger-table.js';
import { dateFlag, endOfDay } from '../../../common/dates.js';
import { table } from '../../output.js';
import { perform } from '../../perform.js';
import type { Lines } from '../../terminal.js';
import { addWaive } from './waive.js';

const names = { 'force-retrain': 'forceRetrain', 'force-skip-retrain': 'forceSkipRetrain' } as const;

function nameOf(text: string): Override['name'] {
  const known = { ...names, forceRetrain: 'forceRetrain', forceSkipRetrain: 'forceSkipRetrain' } as const;
  if (Object.hasOwn(known, text)) return known[text as keyof typeof known];
  throw new InputError(`override: found "${text}", expected ${oneOf(text, Object.keys(names))}`);
}

export function addOverride(program: Command, act: Act): void {
  const override = program.command('override').description('force or suppress retraining; the verdict never changes');
  override
    .command('set')
    .argument('<name>', Object.keys(names).join(' or '))
    .requiredOption('--reason <text>', 'why')
    .option('--until <date>', 'when it ends by itself')
    .description('from now on, and for a run that is under way')
    .action(
      act(async (workspace, [name], { reason, until, ...flags }) => {
        const expiresAt = until === undefined ? null : endOfDay(dateFlag('--until', until as string));
        const wish = { name: nameOf(name as string), reason: reason as string, expiresAt };
        show(workspace, await perform(workspace, setOverride, wish, flags));
      }),
    );
  override
    .command('clear')
    .argument('<name>', Object.keys(names).join(' or '))
    .option('--reason <text>', 'why', 'no longer needed')
    .description('end an override; nothing happens when it is not set')
    .action(
      act(async (workspace, [name], { reason, ...flags }) => {
        const wish = { name: nameOf(name as string), reason: reason as string };
        show(workspace, await perform(workspace, clearOverride, wish, flags));
      }),
    );
  override
    .command('list')
    .description('the overrides that count now')
    .action(
      act(async (workspace, _args, flags) => {
        show(workspace, await perform(workspace, showOverrides, undefined, flags));
      }),
    );
  addWaive(program, act);
  addHistory(program, act);
}

function show({ output }: Workspace, document: Overrides): void {
  output.result(document, () => overridesText(activeOverrides(document, new Date())));
}

function overridesText(overrides: Override[]): Lines {
  if (overrides.length === 0) return 'no override is active';
  const rows = overrides.map(({ name, by, reason, expiresAt }) => [name, by, expiresAt ?? 'until cleared', reason]);
  return table(['override', 'by', 'until', 'reason'], rows);
}

function addHistory(program: Command, act: Act): void {
  program
    .command('history')
    .description('the ledger: who changed what, when and why')
    .action(
      act(async (workspace, _args, flags) => {
        const found = await perform(workspace, showHistory, undefined, flags);
        const { entries } = found;
        const now = new Date();
        workspace.output.result(found, () => (entries.length === 0 ? 'nothing yet' : ledgerTable(entries, now)));
      }),
    );
}
