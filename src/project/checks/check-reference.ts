import { readReference } from '../reference.js';
import type { Note } from './problem.js';

/** What drift is compared with must be a word that is known, and have rows' times where it goes by them. */
export function checkReference(text: string, time: unknown, note: Note): void {
  const read = readReference(text);
  if ('problem' in read) return note([], read.problem);
  if (time === undefined && (read.kind === 'season' || read.kind === 'period'))
    note([], `found "${text}", expected "baseline" or "previous": features.time names no column`);
}
