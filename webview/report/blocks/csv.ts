import type { TableBlock } from '../../../src/report/blocks/blocks.js';
import { el, linkButton } from '../../shared/dom.js';
import type { Host } from '../../shared/host.js';

/** Copies or saves the whole table, unsorted and unfiltered; the host does it, for it has the figures too. */
export function tableActions({ id, title }: Pick<TableBlock, 'id' | 'title'>, host: Host): HTMLElement | null {
  const action = (command: 'copyCsv' | 'saveCsv', label: string) =>
    linkButton(label, () => host.send({ type: 'command', command, argument: id }), {
      'data-action': `${command}-${id}`,
      'aria-label': `${label}: ${title}`,
    });
  if (!host.can('copyCsv')) return null;
  return el('span', { class: 'table-actions' }, action('copyCsv', 'Copy CSV'), action('saveCsv', 'Save CSV…'));
}
