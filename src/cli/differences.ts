import type { Difference } from '../export/differences.js';
import { differencesText as plainText } from '../export/differences-text.js';
import { paint, type Lines } from './terminal.js';

/** What would change, in the colours that a terminal shows. */
export function differencesText(title: string, all: readonly Difference[]): Lines {
  return plainText(title, all, coloured);
}

function coloured(change: Difference['change'], text: string): string {
  if (change === 'add') return paint.green(text);
  if (change === 'reused') return text;
  return change === 'remove' || change === 'theirs' ? paint.red(text) : paint.yellow(text);
}
