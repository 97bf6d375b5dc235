import type { OnFiles, Operation } from '../operations/operation.js';
import type { Flags } from './command-runner.js';
import { confirmDestruction } from './confirmation.js';
import type { Workspace } from './context.js';
import { ask, canAsk } from './terminal-question.js';
import type { Lines } from './terminal.js';

/** Does one operation in a workspace; what it destroys is confirmed first, once the guard has allowed it. */
export async function perform<Input, Document>(
  { project, environment, output, signal }: Workspace,
  operation: Operation<Input, Document>,
  input: Input,
  flags: Flags,
): Promise<Document> {
  if (operation.kind === 'change' && operation.destroys !== undefined) {
    environment.writers(operation.purpose(input));
    const question = canAsk() ? (text: Lines) => ask(text, signal) : undefined;
    await confirmDestruction(environment, operation.destroys(input, project), flags, question);
  }
  return operation.run({ project, environment, signal, progress: output.note, warn: output.warn }, input);
}

/** Does one operation that works on files alone. */
export function performOnFiles<Input, Document>(
  { output, signal }: Pick<Workspace, 'output' | 'signal'>,
  operation: OnFiles<Input, Document>,
  input: Input,
): Promise<Document> {
  return operation.run({ signal, progress: output.note, warn: output.warn }, input);
}
