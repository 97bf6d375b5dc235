import * as vscode from 'vscode';
import { confirmName, type Destruction } from '../../platform/permissions/guard.js';
import type { Environment } from '../../platform/ports/environment.js';
import { capital } from '../../report/format/words.js';

/**
 * Before something in an account is destroyed its name is typed, with account and region in sight; on this machine it
 * is quickly made again. False when the box was left.
 */
export async function confirmDestruction(environment: Environment, destruction: Destruction): Promise<boolean> {
  const { name, kind, region } = environment;
  if (kind === 'local') return true;
  const { what, resource } = destruction;
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
