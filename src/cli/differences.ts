import type { Difference } from '../export/differences.js';
import { differencesText as plainText } from '../export/differences-text.js';
import { paint, type Text } from './terminal.js';

/** What would change, in the colours that a terminal shows. */
export function differencesText(title: string, all: readonly Difference[]): Text {
  return plainText(title, all, coloured);
}

function coloured(change: Difference['change'], text: string): string {
  if (change === 'add') return paint.green(text);
  return change === 'remove' ? paint.red(text) : paint.yellow(text);
}
