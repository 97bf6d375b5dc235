import { formatAge, formatMoment } from '../format/dates.js';
import { shortened } from '../format/words.js';
import type { FactView } from '../view-parts.js';

/** One fact; what is not recorded says so. @param most characters that are shown of it */
export function fact(label: string, text: string | null, most?: number): FactView {
  if (text === null || text === '') return { label, text: 'not recorded', full: null };
  const short = shortened(text, most);
  return { label, text: short, full: short === text ? null : text };
}

/** An address is what people copy: only a very long one is shortened. */
export const whereFact = (uri: string): FactView => fact('Where', uri, 120);

/** When something was run or made, with its age. */
export function runFact(at: string | null, now: Date): FactView {
  if (at === null) return { label: 'Run', text: 'not recorded', full: null };
  return { label: 'Run', text: formatMoment(at), full: formatAge(at, now) || null };
}
