import { BrokenError } from '../../common/errors.js';
import { keptVariables } from '../../common/kept-variables.js';
import { runCommand } from '../../common/processes/run-command.js';
import { noticeTitle, type AlarmNotice } from '../../documents/watching/notice.js';
import { requireTrusted } from '../../platform/permissions/command-trust.js';
import type { Action } from '../../project/alarms/actions-schema.js';

const longestLine = 200;

/**
 * Runs a command of the project's, told of the alarm by variables, without a shell.
 * @throws UntrustedCommand where its user never allowed exactly this; BrokenError with its last line when it fails
 */
export async function runActionCommand(
  { command, minutes }: Extract<Action, { kind: 'command' }>,
  { folder, name }: { folder: string; name: string },
  notice: AlarmNotice,
  signal: AbortSignal,
): Promise<string> {
  requireTrusted(folder, command, `actions.${name}`);
  const variables = { ...keptVariables(), ...told(notice) };
  let last = '';
  const onLine = (line: string) => (last = line.slice(0, longestLine));
  const end = await runCommand({ command, folder, variables, minutes, signal, onLine });
  const said = last === '' ? '' : `: ${last}`;
  if (end.failure !== undefined) throw new BrokenError(`it could not be started: ${end.failure.code ?? 'unknown'}`);
  if (end.ended === 'too long') throw new BrokenError(`it was ended after ${minutes} minutes${said}`);
  if (end.ended === 'cancelled') throw new BrokenError('it was ended with the watcher');
  if (end.code !== 0) throw new BrokenError(`it ended with ${end.code ?? end.killedBy}${said}`);
  return `done${said}`;
}

const told = (notice: AlarmNotice): Record<string, string> => ({
  MLOPS_ALARM: notice.alarm,
  MLOPS_ALARM_STATE: notice.to,
  MLOPS_ALARM_BEFORE: notice.from,
  MLOPS_ALARM_AT: notice.at,
  MLOPS_ALARM_REASON: notice.reason,
  MLOPS_ALARM_VALUE: notice.value === null ? '' : String(notice.value),
  MLOPS_ALARM_TITLE: noticeTitle(notice),
  MLOPS_PROJECT: notice.project,
  MLOPS_ENVIRONMENT: notice.environment,
});
