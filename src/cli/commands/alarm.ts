import type { Command } from 'commander';
import { InputError } from '../../common/errors.js';
import { everyItem, type AlarmState } from '../../platform/ports.js';
import type { Act } from '../act.js';
import { age, figure, table } from '../output.js';

export function addAlarm(program: Command, act: Act): void {
  const alarm = program.command('alarm').description('alarms on the served model');
  alarm.command('list').action(
    act(async ({ environment, output, signal }) => {
      const alarms: AlarmState[] = [];
      for await (const state of everyItem((page) => environment.alarms.list(page), { signal })) alarms.push(state);
      output.result({ alarms }, () => alarmsText(alarms));
    }),
  );
  alarm
    .command('show')
    .argument('<name>')
    .action(
      act(async ({ environment, output, signal }, [name]) => {
        for await (const state of everyItem((page) => environment.alarms.list(page), { signal })) {
          if (state.name !== name) continue;
          output.result(state, () => alarmsText([state]));
          return;
        }
        throw new InputError(`alarm: found none named "${String(name)}"; see: mlops alarm list`);
      }),
    );
  alarm
    .command('history')
    .argument('<name>')
    .action(
      act(async ({ environment, output, signal }, [name]) => {
        const changes: { at: string; from: string; to: string; reason: string }[] = [];
        const pages = everyItem((page) => environment.alarms.history(name as string, page), { signal });
        for await (const change of pages) changes.push(change);
        output.result({ name, changes }, () =>
          changes.length === 0
            ? 'no changes of state yet'
            : table(
                ['when', 'from', 'to', 'why'],
                changes.map(({ at, from, to, reason }) => [at, from, to, reason]),
              ),
        );
      }),
    );
}

function alarmsText(alarms: AlarmState[]): string {
  if (alarms.length === 0) return 'no alarms yet; they come with: mlops deploy';
  const now = new Date();
  const rows = alarms.map(({ name, definition, rule, state, since, latest, reason }) => [
    name,
    state,
    age(since, now),
    figure(latest),
    definition === undefined ? (rule?.text ?? '') : `${definition.operator} ${figure(definition.threshold)}`,
    reason,
  ]);
  return table(['alarm', 'state', 'since', 'latest', 'alarm when', 'why'], rows, ['latest']);
}
