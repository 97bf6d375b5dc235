import * as vscode from 'vscode';
import { messageOf } from '../../common/errors.js';
import { signInCommand } from './sign-in-command.js';

let told: string | undefined;

/**
 * Six views that ask with an expired sign-in fail six times; a person is told once, with the one thing to do.
 * Whether the error was an expired sign-in.
 */
export function tellWhenExpired(error: unknown): boolean {
  const message = messageOf(error);
  const command = signInCommand(message);
  if (command === undefined) return false;
  if (told === message) return true;
  told = message;
  void vscode.window.showWarningMessage(message, 'Sign In').then((answer) => {
    if (answer === 'Sign In') signIn(command);
  });
  return true;
}

/** Something has changed (the files, the environment), or somebody looks again: the next failure is news. */
export function tellExpiredAgain(): void {
  told = undefined;
}

/** Types the command into a terminal, where its user sees what it asks. */
export function signIn(command: string): void {
  tellExpiredAgain();
  const terminal = vscode.window.createTerminal('AWS sign-in');
  terminal.show();
  terminal.sendText(command);
}
