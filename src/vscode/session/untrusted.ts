import * as vscode from 'vscode';
import { UntrustedCommand } from '../../common/errors.js';

/** What to do about a command that may not run yet is one click away. Whether the error was that. */
export function tellWhenUntrusted(error: unknown): boolean {
  if (!(error instanceof UntrustedCommand)) return false;
  const show = 'Show and Allow…';
  void vscode.window.showWarningMessage(error.message, show).then((answer) => {
    if (answer === show) void vscode.commands.executeCommand('mlops.allowCommands');
  });
  return true;
}
