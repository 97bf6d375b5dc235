import type { TreeNode } from './blocks/blocks.js';

/** Bounds of what a page is sent of a document that it cannot show as a report. */
const bounds = { children: 100, nodes: 2000, depth: 12, text: 500 };

/** A parsed JSON document as a tree; what is left out says how much it is. */
export function treeOf(name: string, json: unknown): TreeNode {
  let left = bounds.nodes;
  function node(label: string, value: unknown, depth: number): TreeNode {
    left -= 1;
    if (typeof value !== 'object' || value === null) return { name: label, text: leafText(value) };
    const list = Array.isArray(value);
    const entries = Object.entries(value);
    const text = list ? `list of ${entries.length}` : `${entries.length} ${entries.length === 1 ? 'key' : 'keys'}`;
    if (entries.length === 0) return { name: label, text: list ? 'empty list' : 'empty' };
    if (list && entries.every(([, one]) => typeof one !== 'object' || one === null)) {
      const all = (value as unknown[]).slice(0, bounds.children).map(leafText).join(', ');
      const more = entries.length > bounds.children ? `, … ${entries.length - bounds.children} more` : '';
      return { name: label, text: `${cut(all)}${more}` };
    }
    if (depth >= bounds.depth) return { name: label, text: `${text}, too deep to be shown` };
    const children: TreeNode[] = [];
    for (const [key, one] of entries.slice(0, bounds.children)) {
      if (left <= 0) break;
      children.push(node(list ? `[${key}]` : key, one, depth + 1));
    }
    const more = entries.length - children.length;
    if (more > 0) children.push({ name: '…', text: `${more} more are not shown` });
    return { name: label, text, children };
  }
  return node(name, json, 0);
}

function leafText(value: unknown): string {
  return cut(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
}

function cut(text: string): string {
  return text.length > bounds.text ? `${text.slice(0, bounds.text)}…` : text;
}
