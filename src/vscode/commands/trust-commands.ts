import * as vscode from 'vscode';
import { RefusedError } from '../../common/errors.js';
import { allowCommands, revokeCommands, trustedSince } from '../../platform/permissions/command-trust.js';
import { commandsOf, commandText, type ProjectCommand } from '../../project/commands.js';
import type { Session } from '../session/session.js';
import type { Handlers } from './register.js';

/** The very texts are shown before anything is allowed, and so is what may run already. */
export function trustCommands(session: Session): Pick<Handlers, 'mlops.allowCommands'> {
  return {
    'mlops.allowCommands': async () => {
      const { folder, file } = session.require().project;
      if (!vscode.workspace.isTrusted)
        throw new RefusedError('This workspace is not trusted, so none of its commands may run. Trust it first.');
      const commands = commandsOf(file);
      if (commands.length === 0)
        return void vscode.window.showInformationMessage('mlops.json names no command, so there is nothing to allow.');
      const asking = commands.filter(({ command }) => trustedSince(folder, command) === undefined);
      if (asking.length > 0) await allow(folder, asking);
      else await revoke(folder, commands);
    },
  };
}

async function allow(folder: string, commands: ProjectCommand[]): Promise<void> {
  const one = commands.length === 1;
  const detail = `${textsOf(commands)}\n\nIn ${folder}, as you and with your rights. Another text asks again.`;
  const title = one
    ? 'Let this command of mlops.json run?'
    : `Let these ${commands.length} commands of mlops.json run?`;
  if (!(await said(title, detail, 'Allow'))) return;
  await allowCommands(
    folder,
    commands.map(({ command }) => command),
  );
}

async function revoke(folder: string, commands: ProjectCommand[]): Promise<void> {
  if (await said('These commands may run here', textsOf(commands), 'Allow No Longer')) await revokeCommands(folder);
}

const textsOf = (commands: ProjectCommand[]) =>
  commands.map(({ what, command }) => `${what}: ${commandText(command)}`).join('\n');

async function said(title: string, detail: string, yes: string): Promise<boolean> {
  return (await vscode.window.showWarningMessage(title, { modal: true, detail }, yes)) === yes;
}
