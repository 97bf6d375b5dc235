import * as vscode from 'vscode';
import { CancelledError } from '../../common/errors.js';

let declined = false;

/**
 * Six views that look every minute would ask again and again; who left the box is asked next when they do something.
 * @throws CancelledError when nobody answers
 */
export async function askMfa(device: string): Promise<string> {
  if (declined) throw new CancelledError('signing in was cancelled');
  const code = await vscode.window.showInputBox({
    title: 'Sign in to AWS',
    prompt: `Code of the MFA device ${device}`,
    ignoreFocusOut: true,
    validateInput: (text) => (/^\d{6}$/.test(text) ? '' : 'Six digits'),
  });
  declined = code === undefined;
  if (code === undefined) throw new CancelledError('signing in was cancelled');
  return code;
}

/** Somebody did something: from now on the box may come again. */
export function allowMfa(): void {
  declined = false;
}
