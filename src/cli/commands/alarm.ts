import type { Command } from 'commander';
import { alarmDocument } from '../../pipeline/alarm-document.js';
import { findAlarms } from '../../pipeline/project-alarms.js';
import type { AlarmState } from '../../platform/ports/alarms.js';
import { everyItem } from '../../platform/ports/pages.js';
import { periodWords, whenWords } from '../../report/format/alarm-words.js';
import { formatMoment } from '../../report/format/dates.js';
import { plural } from '../../report/format/words.js';
import type { Act } from '../act.js';
import { answer } from '../answer.js';
import { age, figure, table } from '../output.js';

export function addAlarm(program: Command, act: Act): void {
  const alarm = program.command('alarm').description('alarms on the served model');
  alarm
    .command('list')
    .option('--all', "also those of others in the account, not only the project's")
    .description("the project's alarms: those of mlops.json, and those that watch its endpoints")
    .action(
      act(async ({ project, environment, output, signal }, _args, { all }) => {
        const { ours, others } = await findAlarms(project.file, environment, { signal });
        const shown = all === true ? [...ours, ...others] : ours;
        output.result(answer('alarms', { alarms: shown }), () => alarmsText(shown));
        if (all !== true && others.length > 0)
          output.note(
            `${others.length} ${plural(others.length, 'alarm')} of others in the account left out; add --all`,
          );
      }),
    );
  alarm
    .command('show')
    .argument('<name>')
    .description('one alarm: state, since when, why, and its history')
    .action(
      act(async ({ environment, output, signal }, [name]) => {
        const found = await alarmDocument(environment, name as string, { signal });
        output.result(found, () => {
          const times = [`alarms when ${whenWords(found)}`, periodWords(found)].filter(Boolean).join(', ');
          const head = `${found.name}: ${found.state} since ${formatMoment(found.since)}\n${found.reason}\n${times}`;
          const { historyReason } = found;
          return `${head}\n\n${historyReason === undefined ? historyText(found.history) : `history not known: ${historyReason}`}`;
        });
      }),
    );
  alarm
    .command('history')
    .argument('<name>')
    .action(
      act(async ({ environment, output, signal }, [name]) => {
        const changes: Change[] = [];
        const pages = everyItem((page) => environment.alarms.history(name as string, page), { signal });
        for await (const change of pages) changes.push(change);
        output.result(answer('alarm-history', { name, changes }), () => historyText(changes));
      }),
    );
}

interface Change {
  at: string;
  from: string;
  to: string;
  reason: string;
}

function historyText(changes: readonly Change[]): string {
  if (changes.length === 0) return 'no changes of state yet';
  return table(
    ['when', 'from', 'to', 'why'],
    changes.map(({ at, from, to, reason }) => [at, from, to, reason]),
  );
}

function alarmsText(alarms: readonly AlarmState[]): string {
  if (alarms.length === 0) return 'no alarms yet; they come with: mlops deploy';
  const now = new Date();
  const rows = alarms.map((alarm) => [
    alarm.name,
    alarm.state,
    age(alarm.since, now),
    figure(alarm.latest),
    whenWords(alarm),
    alarm.reason,
  ]);
  return table(['alarm', 'state', 'since', 'latest', 'alarm when', 'why'], rows, ['latest']);
}
