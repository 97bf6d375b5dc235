import * as vscode from 'vscode';
import { messageOf } from '../../common/errors.js';
import { commandIds, commandKinds, type CommandId } from './table.js';

/** What a command is called with: the tree item, an explorer's file, or what another command says. */
export type Handler = (argument?: unknown) => unknown;
export type Handlers = Record<CommandId, Handler>;

/**
 * Registers every command of the table; one that is missing does not compile. Whatever changes an environment asks the
 * guard first, whoever calls it. What goes wrong is one message with a way to the log, and never an exception.
 */
export function registerCommands(
  handlers: Handlers,
  askGuard: (purpose: string) => void,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const run = async (id: CommandId, argument: unknown) => {
    try {
      if (commandKinds[id] === 'write') askGuard(id.slice('mlops.'.length));
      return await handlers[id](argument);
    } catch (error) {
      log.error(`${id}: ${messageOf(error)}`);
      showError(messageOf(error));
      return undefined;
    }
  };
  return vscode.Disposable.from(
    ...commandIds.map((id) => vscode.commands.registerCommand(id, (argument?: unknown) => run(id, argument))),
  );
}

/** Shown, not waited for: whoever called must not hang on an unread message. */
export function showError(message: string): void {
  void vscode.window.showErrorMessage(message, 'Show Log').then((answer) => {
    if (answer === 'Show Log') void vscode.commands.executeCommand('mlops.showLog' satisfies CommandId);
  });
}
