import type { Block, PageView } from '../../src/report/blocks/blocks.js';
import { el } from '../shared/dom.js';
import type { Host } from '../shared/host.js';
import { answerIcon } from '../shared/icons.js';
import { drawBlock } from './blocks/block.js';
import { drawFacts } from './facts.js';

/** A page of blocks: charts beside each other, tables over the whole width. */
export function drawPage(view: PageView, host: Host): HTMLElement[] {
  const { answer, origin, headline, summary, facts, actions, blocks } = view;
  return [
    ...(origin ? [el('p', { class: 'origin quiet', 'data-origin': true }, origin)] : []),
    el(
      'header',
      { class: 'banner', 'data-about': view.about, 'data-verdict': answer, 'data-answer': answer },
      answer ? answerIcon(answer) : null,
      el('div', { class: 'answer' }, el('h1', {}, headline), summary ? el('p', {}, summary) : null),
    ),
    ...(facts.length + actions.length > 0 ? [drawFacts(facts, actions, host)] : []),
    ...grouped(blocks).map((group) =>
      group.length === 1
        ? drawBlock(group[0]!, host).element
        : el('div', { class: 'splits' }, ...group.map((block) => drawBlock(block, host).element)),
    ),
  ];
}

/** Charts that follow each other share a line, and so does what wants to stand beside. */
function grouped(blocks: Block[]): Block[][] {
  const groups: Block[][] = [];
  for (const block of blocks) {
    const last = groups.at(-1);
    const isBeside = block.type === 'table' && block.beside === true;
    if (last && (isBeside || (block.type === 'chart' && last[0]?.type === 'chart'))) last.push(block);
    else groups.push([block]);
  }
  return groups;
}
