import { whatIfAt } from '../../src/report/monitoring/what-if.js';
import type { Place, ReportView } from '../../src/report/view.js';
import { card, el } from '../shared/dom.js';
import type { Host } from '../shared/host.js';
import { drawBanner, drawOverride } from './banner.js';
import { drawBlock } from './blocks/block.js';
import type { OnThreshold } from './blocks/threshold.js';
import { drawFacts } from './facts.js';

/** A monitoring report, the answer first; its sections where their place says. */
export function drawMonitoring(view: ReportView, host: Host): HTMLElement[] {
  const { sections, absent } = view;
  const banner = drawBanner(view, host);
  const sweep = sections.map(({ block }) => (block.type === 'matrix' ? block.sweep : null)).find((one) => one !== null);
  const onThreshold: OnThreshold = (position, back) => {
    const at = sweep && position !== null ? whatIfAt(sections, sweep, position) : null;
    banner.show(at?.banner ?? null, back);
    drawn.forEach(({ show }, i) => show(at?.blocks[i] ?? sections[i]!.block));
    return at;
  };
  const drawn = sections.map(({ block }) => drawBlock(block, host, onThreshold));
  const at = (place: Place) => drawn.filter((_, i) => sections[i]!.place === place).map(({ element }) => element);
  const [cards, pairs] = [at('cards'), at('pairs')];
  // What is not recorded stands where there is room.
  if (absent.length > 0) (pairs.length > 0 ? pairs : cards).push(drawNotRecorded(absent));
  const parts = [
    view.origin ? el('p', { class: 'origin quiet', 'data-origin': true }, view.origin) : null,
    banner.element,
    ...view.overrides.map((override) => drawOverride(override, host)),
    drawFacts(view.facts, view.actions, host),
    ...at('top'),
    el('div', { class: 'cards', 'data-count': cards.length }, ...cards),
    ...at('wide'),
    pairs.length > 0 ? el('div', { class: 'splits' }, ...pairs) : null,
    ...at('end'),
  ];
  return parts.filter((part) => part !== null);
}

/** What this document cannot show, said once instead of in empty cards. */
function drawNotRecorded(reasons: readonly string[]): HTMLElement {
  const items = reasons.map((reason) => el('li', {}, reason));
  return card('absent', 'Not recorded', el('ul', { class: 'not-recorded' }, ...items));
}
