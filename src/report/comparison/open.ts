import { recognise } from '../../documents/recognise.js';
import { parseLoosely } from '../../common/loose-json.js';
import { comparisonPage } from './page.js';
import type { PageContext } from '../blocks/page.js';
import type { HostMessage } from '../protocol.js';
import { comparableOf, withCommonStages } from './comparable.js';
import { compare } from './compare.js';

/** Two texts as one page of their differences; what cannot be compared says why. */
export function openComparison(a: NamedText, b: NamedText, context: PageContext): HostMessage {
  const sides = [a, b].map(({ name, text }) => {
    try {
      return { name, found: recognise(parseLoosely(text)) };
    } catch {
      return { name, found: undefined };
    }
  });
  const [left, right] = sides;
  if (left?.found?.kind === 'run' && right?.found?.kind === 'run') {
    const [a, b] = withCommonStages(left.found.document, right.found.document);
    [left.found, right.found] = [
      { kind: 'run', document: a },
      { kind: 'run', document: b },
    ];
  }
  const compared = sides.map(({ name, found }) => (found ? comparableOf(name, found) : undefined));
  const [from, to] = compared;
  if (from && to) return { type: 'report', view: comparisonPage(compare(from, to), context) };
  const missing = sides.filter((_, at) => !compared[at]).map(({ name }) => name);
  return {
    type: 'raw',
    name: `${a.name} ↔ ${b.name}`,
    reason: `${missing.join(' and ')} ${missing.length === 1 ? 'holds' : 'hold'} no figures, gates or columns that could be compared.`,
    text: '',
    actions: [],
  };
}

export interface NamedText {
  name: string;
  text: string;
}
