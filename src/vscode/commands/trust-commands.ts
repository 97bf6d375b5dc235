import * as vscode from 'vscode';
import { RefusedError } from '../../common/errors.js';
import { allowCommands, revokeCommands, trustedSince } from '../../platform/permissions/command-trust.js';
import { commandText, everyCommandOf, type ProjectCommand } from '../../project/commands.js';
import type { Session } from '../session/session.js';
import type { Handlers } from './register.js';

const untrusted = 'This workspace is not trusted, so none of its commands may run. Trust it first.';

/** The very texts are shown before anything is allowed, and so is what may run already. */
export function trustCommands(session: Session): Pick<Handlers, 'mlops.allowCommands'> {
  return {
    'mlops.allowCommands': async () => {
      const { folder, file } = session.require().project;
      if (!vscode.workspace.isTrusted) throw new RefusedError(untrusted);
      const commands = everyCommandOf(file);
      if (commands.length === 0)
        return void vscode.window.showInformationMessage('mlops.json names no command, so there is nothing to allow.');
      const asking = commands.filter(({ command }) => trustedSince(folder, command) === undefined);
      if (asking.length > 0) await allow(folder, asking, titleOf(asking));
      else await revoke(folder, commands);
    },
  };
}

/**
 * Asks for a command that somebody typed here, word for word, unless it may run already. Whether it may.
 * @throws RefusedError in a workspace that is not trusted
 */
export async function allowedHere(folder: string, asked: ProjectCommand): Promise<boolean> {
  if (!vscode.workspace.isTrusted) throw new RefusedError(untrusted);
  if (trustedSince(folder, asked.command) !== undefined) return true;
  return allow(folder, [asked], 'Let this command run?');
}

async function allow(folder: string, commands: ProjectCommand[], title: string): Promise<boolean> {
  const detail = `${textsOf(commands)}\n\nIn ${folder}, as you and with your rights. Another text asks again.`;
  if (!(await said(title, detail, 'Allow'))) return false;
  await allowCommands(
    folder,
    commands.map(({ command }) => command),
  );
  return true;
}

const titleOf = ({ length }: ProjectCommand[]) =>
  length === 1 ? 'Let this command of mlops.json run?' : `Let these ${length} commands of mlops.json run?`;

async function revoke(folder: string, commands: ProjectCommand[]): Promise<void> {
  if (await said('These commands may run here', textsOf(commands), 'Allow No Longer')) await revokeCommands(folder);
}

const textsOf = (commands: ProjectCommand[]) =>
  commands.map(({ what, command }) => `${what}: ${commandText(command)}`).join('\n');

async function said(title: string, detail: string, yes: string): Promise<boolean> {
  return (await vscode.window.showWarningMessage(title, { modal: true, detail }, yes)) === yes;
}
