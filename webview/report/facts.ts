import type { ActionView, FactView } from '../../src/report/view.js';
import { el, linkButton } from '../shared/dom.js';
import type { Host } from '../shared/host.js';
import { ask } from './context.js';

/** One quiet line: what was judged and when, and what else can be done with it. */
export function drawFacts(facts: FactView[], actions: ActionView[], host: Host): HTMLElement {
  const pairs = facts.map(({ label, text, full }) =>
    el('div', { 'data-fact': label.toLowerCase() }, el('dt', {}, label), el('dd', { title: full }, text)),
  );
  const links = actions.map((action) =>
    linkButton(action.label, () => ask(host, action), { 'data-action': action.command }),
  );
  return el(
    'div',
    { class: 'facts' },
    el('dl', {}, ...pairs),
    links.length > 0 ? el('div', { class: 'actions' }, ...links) : null,
  );
}
