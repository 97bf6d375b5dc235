import type { Command } from 'commander';
import { userInfo } from 'node:os';
import { InputError } from '../../common/errors.js';
import type { LedgerEntry, Override } from '../../documents/ledger.js';
import { activeOverrides } from '../../documents/ledger.js';
import { addWaiver, clearOverride, readOverrides, setOverride } from '../../pipeline/overrides.js';
import { everyItem } from '../../platform/ports.js';
import type { Act } from '../act.js';
import { age, table } from '../output.js';

const names = { 'force-retrain': 'forceRetrain', 'force-skip-retrain': 'forceSkipRetrain' } as const;

function nameOf(text: string): Override['name'] {
  const known = { ...names, forceRetrain: 'forceRetrain', forceSkipRetrain: 'forceSkipRetrain' } as const;
  if (text in known) return known[text as keyof typeof known];
  throw new InputError(`override: found "${text}", expected ${Object.keys(names).join(' or ')}`);
}

const dayOnly = /^\d{4}-\d{2}-\d{2}$/;

function dateOf(option: string, text: string): string {
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new InputError(`${option}: found "${text}", expected a date such as 2026-12-01`);
  // A day stays a day: it counts to its end.
  return dayOnly.test(text) ? text : new Date(at).toISOString();
}

function endOfDay(date: string): string {
  return dayOnly.test(date) ? `${date}T23:59:59.999Z` : date;
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
          expiresAt: flags.until === undefined ? null : endOfDay(dateOf('--until', flags.until as string)),
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

function addWaive(program: Command, act: Act): void {
  program
    .command('waive')
    .argument('<rule>', "the gate's id")
    .requiredOption('--owner <name>', 'who answers for it')
    .requiredOption('--until <date>', 'when it ends')
    .requiredOption('--reason <text>', 'why')
    .description('count a gate as a warning until a date')
    .action(
      act.writing(async ({ project, environment, output }, [rule], flags) => {
        const gates = project.file.monitor.gates.map(({ id }) => id);
        if (!gates.includes(rule as string)) {
          throw new InputError(`waive: found gate "${String(rule)}", expected one of ${gates.join(', ')}`);
        }
        const document = await addWaiver(environment, {
          gate: rule as string,
          owner: flags.owner as string,
          reason: flags.reason as string,
          setAt: new Date().toISOString(),
          until: dateOf('--until', flags.until as string),
        });
        output.result(document, () => `${String(rule)} counts as a warning until ${String(flags.until)}`);
      }),
    );
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
        output.result({ entries }, () =>
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
