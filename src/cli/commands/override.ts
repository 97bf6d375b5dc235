import type { Command } from 'commander';
import { userInfo } from 'node:os';
import { InputError } from '../../common/errors.js';
import { oneOf } from '../../common/nearest.js';
import type { LedgerEntry, Override } from '../../documents/ledger.js';
import { activeOverrides } from '../../documents/ledger.js';
import { clearOverride, readOverrides, setOverride } from '../../pipeline/overrides.js';
import { everyItem } from '../../platform/ports/pages.js';
import type { Act } from '../act.js';
import { answer } from '../answer.js';
import { dateFlag, endOfDay } from '../dates.js';
import { age, table } from '../output.js';
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
    .action(
      act.writing(async ({ environment, output }, [name], flags) => {
        const document = await setOverride(environment, {
          name: nameOf(name as string),
          reason: flags.reason as string,
          by: userInfo().username,
          setAt: new Date().toISOString(),
          expiresAt: flags.until === undefined ? null : endOfDay(dateFlag('--until', flags.until as string)),
        });
        output.result(document, () => overridesText(activeOverrides(document, new Date())));
      }),
    );
  override
    .command('clear')
    .argument('<name>')
    .option('--reason <text>', 'why', 'no longer needed')
    .action(
      act.writing(async ({ environment, output }, [name], flags) => {
        const by = userInfo().username;
        const document = await clearOverride(environment, nameOf(name as string), by, flags.reason as string);
        output.result(document, () => overridesText(activeOverrides(document, new Date())));
      }),
    );
  override.command('list').action(
    act(async ({ environment, output }) => {
      const document = await readOverrides(environment);
      output.result(document, () => overridesText(activeOverrides(document, new Date())));
    }),
  );
  addWaive(program, act);
  addHistory(program, act);
}

function overridesText(overrides: Override[]): string {
  if (overrides.length === 0) return 'no override is active';
  const rows = overrides.map(({ name, by, reason, expiresAt }) => [name, by, expiresAt ?? 'until cleared', reason]);
  return table(['override', 'by', 'until', 'reason'], rows);
}

function addHistory(program: Command, act: Act): void {
  program
    .command('history')
    .description('the ledger: who changed what, when and why')
    .action(
      act(async ({ environment, output }) => {
        const entries: LedgerEntry[] = [];
        for await (const entry of everyItem((page) => environment.ledger.list(page))) entries.push(entry);
        const now = new Date();
        output.result(answer('ledger', { entries }), () =>
          entries.length === 0
            ? 'nothing yet'
            : table(
                ['when', 'who', 'what', 'from', 'to', 'outcome', 'why'],
                entries.map(({ at, who, what, from, to, outcome, why }) => [
                  age(at, now),
                  who,
                  what,
                  from ?? '–',
                  to ?? '–',
                  outcome,
                  why,
                ]),
              ),
        );
      }),
    );
}
