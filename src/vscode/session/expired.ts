import * as vscode from 'vscode';
import { messageOf } from '../../common/errors.js';
import { signInCommand } from './sign-in-command.js';

let told: string | undefined;

/**
 * Six views that ask with an expired sign-in fail six times; a person is told once, with the one thing to do. Told again
 * only after another message, or when the terminal was opened and it still fails.
 */
export function tellWhenExpired(error: unknown): void {
  const message = messageOf(error);
  const command = signInCommand(message);
  if (command === undefined || told === message) return;
  told = message;
  void vscode.window.showWarningMessage(message, 'Sign In').then((answer) => {
    if (answer !== 'Sign In') return;
    told = undefined;
    const terminal = vscode.window.createTerminal('AWS sign-in');
    terminal.show();
    terminal.sendText(command);
  });
}
