import * as vscode from 'vscode';
import type { OnFiles, Operation } from '../../operations/operation.js';
import { confirmDestruction } from './confirm.js';
import type { Current } from './current.js';
import { withProgress } from './progress.js';

/**
 * Does one operation in the project that is open, with a way to end it under `title`. What it destroys is confirmed
 * first, once the guard has allowed it. undefined: not after all.
 */
export async function perform<Input, Document>(
  { project, environment }: Current,
  operation: Operation<Input, Document>,
  input: Input,
  title: string,
): Promise<Document | undefined> {
  if (operation.kind === 'change') {
    environment.writers(operation.purpose(input));
    if (
      operation.destroys !== undefined &&
      !(await confirmDestruction(environment, operation.destroys(input, project)))
    )
      return undefined;
  }
  return withProgress(title, (progress, signal) =>
    operation.run({ project, environment, signal, progress, warn }, input),
  );
}

/** Does one operation that works on files alone. */
export function performOnFiles<Input, Document>(
  operation: OnFiles<Input, Document>,
  input: Input,
  title: string,
): Thenable<Document> {
  return withProgress(title, (progress, signal) => operation.run({ signal, progress, warn }, input));
}

/** Shown, not waited for. */
function warn(text: string): void {
  void vscode.window.showWarningMessage(text);
}
