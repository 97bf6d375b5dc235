import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { forTerminal, type Lines } from './terminal.js';

/** Whether somebody sits at a terminal and can be asked. */
export function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

/** Asks on stderr, for stdout is for results. */
export async function ask(question: Lines, signal?: AbortSignal): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await lines.question(forTerminal(question), { signal })).trim();
  } finally {
    lines.close();
  }
}

/** Asks for a secret: what is typed is not shown. */
export async function askHidden(question: Lines, signal?: AbortSignal): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  process.stderr.write(forTerminal(question));
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  try {
    return await lines.question('', { signal });
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}

/** The first line of standard input, where nobody sits at a terminal. @throws the signal's reason */
export async function firstLineOfInput(signal: AbortSignal): Promise<string> {
  const lines = createInterface({ input: process.stdin, signal });
  for await (const line of lines) {
    lines.close();
    return line;
  }
  signal.throwIfAborted();
  return '';
}
