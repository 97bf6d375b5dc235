import * as vscode from 'vscode';
import { CancelledError, messageOf, RefusedError } from '../../common/errors.js';
import { allowMfa } from '../session/ask-mfa.js';
import { tellWhenExpired } from '../session/expired.js';
import { tellWhenUntrusted } from '../session/untrusted.js';
import { commandIds, commandKinds, type CommandId } from '../command-table.js';

/** What a command is called with: the tree item, an explorer's file, or what another command says. */
export type Handler = (argument?: unknown) => unknown;
export type Handlers = Record<CommandId, Handler>;

export interface CommandGuard {
  /** @throws RefusedError in a place that must not be changed */
  ask: (purpose: string) => void;
  /** Whether the place is closed only until its user opens it. */
  isTheUsersToOpen: () => boolean;
}

/**
 * Registers every command of the table by its id; what it does is loaded with the first call of any. Whatever changes an environment asks the
 * guard first, from wherever it is called. What goes wrong is one message with a way to the log, and never an exception.
 */
export function registerCommands(
  handlers: () => Promise<Handlers>,
  guard: CommandGuard,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const run = async (id: CommandId, argument: unknown) => {
    // A person who does something is there to be asked.
    allowMfa();
    try {
      if (commandKinds[id] === 'write') guard.ask(id.slice('mlops.'.length));
      return await (await handlers())[id](argument);
    } catch (error) {
      log.error(`${id}: ${messageOf(error)}`);
      tell(error, guard);
      return undefined;
    }
  };
  return vscode.Disposable.from(
    ...commandIds.map((id) => vscode.commands.registerCommand(id, (argument?: unknown) => run(id, argument))),
  );
}

/** One message with the one thing to do next; none for what the user left. */
function tell(error: unknown, guard: CommandGuard): void {
  if (error instanceof CancelledError || tellWhenExpired(error) || tellWhenUntrusted(error)) return;
  const message = messageOf(error);
  if (error instanceof RefusedError && guard.isTheUsersToOpen()) {
    const on = 'Turn On Writing…';
    void vscode.window.showWarningMessage(message, on).then((answer) => {
      if (answer === on) void vscode.commands.executeCommand('mlops.turnOnWriting' satisfies CommandId);
    });
    return;
  }
  showError(message);
}

/** Shown, not waited for: the caller must not hang on an unread message. */
export function showError(message: string): void {
  void vscode.window.showErrorMessage(message, 'Show Log').then((answer) => {
    if (answer === 'Show Log') void vscode.commands.executeCommand('mlops.showLog' satisfies CommandId);
  });
}
