import { createInterface } from 'node:readline/promises';
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
