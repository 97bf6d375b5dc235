import * as vscode from 'vscode';
import { CancelledError } from '../../common/errors.js';

/** @throws CancelledError when nobody answers */
export async function askMfa(device: string): Promise<string> {
  const code = await vscode.window.showInputBox({
    title: 'Sign in to AWS',
    prompt: `Code of the MFA device ${device}`,
    ignoreFocusOut: true,
    validateInput: (text) => (/^\d{6}$/.test(text) ? '' : 'Six digits'),
  });
  if (code === undefined) throw new CancelledError('signing in was cancelled');
  return code;
}
