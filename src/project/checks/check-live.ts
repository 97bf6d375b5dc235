import { valueAt } from '../../common/schema-words.js';
import type { Note } from './problem.js';

/** What `live` needs of the rest of the file: two classes with a score, and rows that say when they are and that they wait. */
export function checkLive(file: unknown, note: Note): void {
  const task = valueAt(file, ['model', 'task']);
  if (typeof task === 'string' && task !== 'binary')
    note([], `found a model whose task is ${task}, expected binary: what is asked about is a risk between 0 and 1`);
  if (valueAt(file, ['features', 'time']) === undefined)
    note([], 'found no features.time, expected the column that says of which moment a row is');
  const split = ['features', 'split'];
  const by = valueAt(file, [...split, 'by']);
  const waiting = valueAt(file, [...split, 'waiting']);
  if (by !== undefined && (by !== 'column' || !Array.isArray(waiting) || waiting.length === 0))
    note(
      [],
      'found no rows that wait, expected features.split by "column", with "waiting": the values of rows without a label yet',
    );
}
