import * as vscode from 'vscode';
import { confirmName, type Destruction } from '../../platform/permissions/guard.js';
import type { Environment } from '../../platform/ports/environment.js';
import { capital } from '../../report/format/words.js';

/**
 * Before something in an account is destroyed its name is typed, with account and region in sight; on this machine most
 * is quickly made again, and the rest asks for a yes. False when the box was left.
 */
export async function confirmDestruction(environment: Environment, destruction: Destruction): Promise<boolean> {
  const { name, kind, region } = environment;
  const { what, resource, askLocally } = destruction;
  if (kind === 'local') return askLocally === undefined || askYes(destruction);
  const where = `account ${(await environment.account?.()) ?? 'unknown'}, ${region}`;
  const typed = await vscode.window.showInputBox({
    title: `${capital(what)}: environment ${name}`,
    prompt: `In ${where}. Type ${resource} to go on.`,
    ignoreFocusOut: true,
    validateInput: (text) => (text === '' || text === resource ? '' : `In ${where}. Type ${resource} to go on.`),
  });
  if (!typed) return false;
  confirmName({ name, kind, where }, destruction, typed);
  return true;
}

async function askYes({ what, left }: Destruction): Promise<boolean> {
  const yes = 'Go On';
  const detail = ['In this project’s local environment.', left ?? 'This cannot be undone.'].join(' ');
  return (await vscode.window.showWarningMessage(`${capital(what)}?`, { modal: true, detail }, yes)) === yes;
}
