import type { TreeNode } from '../../src/report/blocks/blocks.js';
import type { HostMessage } from '../../src/report/protocol.js';
import { el, linkButton } from '../shared/dom.js';
import type { Host } from '../shared/host.js';
import { ask } from './context.js';

/** A document that is no report of ours: its content as a tree, or its text, and why it is shown like this. */
export function drawRaw(message: Extract<HostMessage, { type: 'raw' }>, host: Host): HTMLElement[] {
  const links = message.actions.includes('viewJson')
    ? linkButton('View as text', () => ask(host, { command: 'viewJson', label: 'View as text' }), {
        'data-action': 'viewJson',
      })
    : null;
  return [
    el('h1', {}, message.name),
    el('p', { 'data-raw-reason': true }, `${message.reason} `, links),
    message.tree
      ? el(
          'ul',
          { class: 'tree', 'data-tree': true, 'aria-label': message.name },
          ...(message.tree.children ?? [message.tree]).map((node) => drawNode(node, 1)),
        )
      : el('pre', { tabindex: 0, 'aria-label': message.name }, message.text),
  ];
}

/** The first level is open; deeper ones open on demand, also by keyboard. */
function drawNode({ name, text, children }: TreeNode, depth: number): HTMLElement {
  const label = [
    el('span', { class: 'tree-name' }, name),
    ' ',
    el('span', { class: children ? 'quiet' : 'tree-value' }, text),
  ];
  if (!children) return el('li', {}, ...label);
  const list = el('ul', {}, ...children.map((child) => drawNode(child, depth + 1)));
  return el('li', {}, el('details', { open: depth <= 1 }, el('summary', {}, ...label), list));
}
