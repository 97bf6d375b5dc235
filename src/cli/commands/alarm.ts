import type { Command } from 'commander';
import { alarmHistory, type AlarmChange } from '../../operations/alarms/history.js';
import { listAlarms } from '../../operations/alarms/list.js';
import { showAlarm } from '../../operations/alarms/show.js';
import { answer } from '../../operations/answer.js';
import type { AlarmState } from '../../platform/ports/alarms.js';
import { actionWords, periodWords, whenWords } from '../../report/format/alarm-words.js';
import { formatMoment } from '../../report/format/dates.js';
import { plural } from '../../report/format/words.js';
import type { Act } from '../command-runner.js';
import { age, apart, figure, table } from '../output.js';
import { perform } from '../perform.js';
import type { Lines } from '../terminal.js';

export function addAlarm(program: Command, act: Act): void {
  const alarm = program.command('alarm').description('alarms on the served model');
  alarm
    .command('list')
    .option('--all', "also those of others in the account, not only the project's")
    .description("the project's alarms: those of mlops.json, and those that watch its endpoints")
    .action(
      act(async (workspace, _args, { all, ...flags }) => {
        const { output } = workspace;
        const { ours, others } = await perform(workspace, listAlarms, undefined, flags);
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
    .argument('<name>', 'of the alarm')
    .description('one alarm: state, since when, why, and its history')
    .action(
      act(async (workspace, [name], flags) => {
        const found = await perform(workspace, showAlarm, { name: name as string }, flags);
        workspace.output.result(found, () => {
          const times = [`alarms when ${whenWords(found)}`, periodWords(found)].filter(Boolean).join(', ');
          const told = actionWords(found);
          const head = [
            `${found.name}: ${found.state} since ${formatMoment(found.since)}`,
            ...[found.reason, times],
            ...(told === null ? [] : [`tells ${told}`]),
          ];
          const { historyReason } = found;
          return apart([
            head,
            historyReason === undefined ? historyText(found.history) : `history not known: ${historyReason}`,
          ]);
        });
      }),
    );
  alarm
    .command('history')
    .argument('<name>', 'of the alarm')
    .description('every change of its state, newest first')
    .action(
      act(async (workspace, [name], flags) => {
        const found = await perform(workspace, alarmHistory, { name: name as string }, flags);
        workspace.output.result(found, () => historyText(found.changes));
      }),
    );
}

function historyText(changes: readonly Pick<AlarmChange, 'at' | 'from' | 'to' | 'reason'>[]): Lines {
  if (changes.length === 0) return 'no changes of state yet';
  return table(
    ['when', 'from', 'to', 'why'],
    changes.map(({ at, from, to, reason }) => [at, from, to, reason]),
  );
}

function alarmsText(alarms: readonly AlarmState[]): Lines {
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
