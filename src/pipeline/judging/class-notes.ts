import type { Judged } from '../evaluating/evaluate.js';
import { classesOf } from '../evaluating/figures.js';
import { oneClassOnly } from '../evaluating/one-class.js';

/** What a person must know of the classes before trusting the figures. */
export function classNotes({ figures, several }: Judged): string[] {
  const only = oneClassOnly(figures).map((text) => `${text.replace(/^./, (first) => first.toUpperCase())}.`);
  if (several === undefined) return only;
  const counts = figures.confusion as number[][];
  const fresh = classesOf(figures).flatMap((name, place) => {
    const rows = counts[place]!.reduce((sum, count) => sum + count, 0);
    return several.classes.includes(name) ? [] : [`${rows} ${rows === 1 ? 'row is' : 'rows are'} of ${name}`];
  });
  const why = several.elsewhere
    ? 'a class that the reference did not have, and that is never predicted'
    : 'a class that the model never saw, and cannot predict';
  const unknown = fresh.length === 0 ? [] : [`${fresh.join(', ')}: ${why}.`];
  return [...unknown, ...only];
}
