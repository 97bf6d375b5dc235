import * as vscode from 'vscode';
import { SignInExpired } from '../../common/errors.js';
import { loginCommand } from './sign-in-command.js';

let told: string | undefined;

/**
 * Six views that ask with an expired sign-in fail six times; a person is told once, with the one thing to do.
 * Whether the error was an expired sign-in.
 */
export function tellWhenExpired(error: unknown): boolean {
  if (!(error instanceof SignInExpired)) return false;
  const { message, profile } = error;
  if (told === message) return true;
  told = message;
  const command = loginCommand(profile);
  const actions = command === undefined ? [] : ['Sign In'];
  void vscode.window.showWarningMessage(message, ...actions).then((answer) => {
    if (answer === 'Sign In' && command !== undefined) signIn(command);
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
