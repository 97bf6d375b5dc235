import * as vscode from 'vscode';
import { icons } from './icons.js';
import { fitted, spoken, type Item } from '../tree-item.js';
import { tooltipOf } from './tooltip.js';
import type { ViewData } from './view-data.js';

export interface Provider extends vscode.TreeDataProvider<Item> {
  changed: (item?: Item) => void;
}

interface Lazily {
  /** Fetches what an item does not carry. */
  childrenOf?: (item: Item) => Promise<Item[]>;
  shown?: (item: Item) => Item;
  parentOf?: (item: Item) => Item | undefined;
}

/** Draws plain items as a tree; the same for every view. */
export function makeProvider(data: ViewData, { childrenOf, shown = (item) => item, parentOf }: Lazily): Provider {
  const emitter = new vscode.EventEmitter<Item | undefined>();
  return {
    onDidChangeTreeData: emitter.event,
    changed: (item) => emitter.fire(item),
    getTreeItem: (item) => treeItem(shown(item)),
    getParent: parentOf,
    async getChildren(item) {
      if (item !== undefined) return item.lazy ? ((await childrenOf?.(item)) ?? []) : (item.children ?? []);
      if (!data.loaded) await Promise.race([data.refresh(), pause()]);
      // Until the answer is there VS Code would go on showing the last place's lines, an account's that was left.
      return data.loaded ? [...data.items] : [looking];
    },
  };
}

const looking: Item = { id: 'looking', label: 'Looking…', icon: 'running' };
const patienceMs = 400;

const pause = () => new Promise<void>((done) => setTimeout(done, patienceMs));

function treeItem(item: Item): vscode.TreeItem {
  const shown = new vscode.TreeItem(item.label, stateOf(item));
  shown.id = item.id;
  shown.description = fitted(item);
  shown.tooltip = drawn(item);
  shown.contextValue = item.context;
  shown.accessibilityInformation = { label: spoken(item) };
  const { codicon, color } = icons[item.icon] as { codicon?: string; color?: string };
  if (codicon)
    shown.iconPath = new vscode.ThemeIcon(codicon, color === undefined ? undefined : new vscode.ThemeColor(color));
  if (item.click) shown.command = { command: item.click, title: item.label, arguments: [item] };
  return shown;
}

const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

function drawn(item: Item): vscode.MarkdownString {
  const { markdown, commands } = tooltipOf(item, ownZone, new Date());
  const text = new vscode.MarkdownString(markdown);
  // Only what this line offers can be called from it.
  if (commands.length > 0) text.isTrusted = { enabledCommands: commands };
  return text;
}

function stateOf({ children, lazy, expanded }: Item): vscode.TreeItemCollapsibleState {
  if (!lazy && !children?.length) return vscode.TreeItemCollapsibleState.None;
  return expanded ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
}
