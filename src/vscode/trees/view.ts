import * as vscode from 'vscode';
import type { Changes } from '../session/changes.js';
import { tellWhenExpired } from '../session/expired.js';
import type { Session } from '../session/session.js';
import type { Item } from '../tree-item.js';
import { bannerItem } from './error-items.js';
import { makeProvider } from './provider.js';
import type { TreeSource } from './tree-source.js';
import { makeViewData } from './view-data.js';
import { viewIds, type ViewId } from './view-ids.js';

export interface View extends vscode.Disposable {
  refresh: () => Promise<void>;
  /** Draws one line's children again. */
  redraw: (item: Item) => void;
  /** What opening a line shows. */
  children: (item: Item) => Promise<Item[]>;
  /** What is shown now, as plain data. */
  readonly items: readonly Item[];
  readonly tree: vscode.TreeView<Item>;
}

interface ViewOptions {
  id: ViewId;
  source: TreeSource;
  session: Session;
  changes: Changes;
  log: vscode.LogOutputChannel;
}

/** Ages move on and alarms follow the clock; an account is also asked, which costs more. */
const pollMs = { local: 30_000, aws: 60_000 };

/** One tree, kept fresh while it is visible: by what changes on disk, and by a slow poll. Hidden, it asks nothing. */
export function makeView({ id, source, session, changes, log }: ViewOptions): View {
  const { roots, children: childrenOf, shown, parentOf, poll, badge, long } = source;
  const data = makeViewData({
    view: id,
    load: async () => {
      const { state, shown } = session;
      if (state.kind !== 'invalid') return shown ? roots(shown) : [];
      if (shown === undefined) throw state.error;
      // Said once, above the first tree; every tree goes on showing what it knew.
      const banner = id === viewIds[0] ? [bannerItem(id, state.error)] : [];
      return [...banner, ...(await roots(shown))];
    },
    onChange: () => {
      provider.changed();
      if (badge) tree.badge = badge(data.items);
    },
    onError: (error) => {
      log.error(`${id}: ${String(error)}`);
      tellWhenExpired(error);
    },
  });
  const children = childrenOf && ((item: Item) => childrenOf(session.shown ?? session.require(), item));
  const provider = makeProvider(data, { childrenOf: children, shown, parentOf });
  const tree = vscode.window.createTreeView(id, {
    treeDataProvider: provider,
    showCollapseAll: long === true,
  });

  let due = false;
  const refreshWhenSeen = () => {
    due = !tree.visible;
    if (tree.visible) void data.refresh().then(() => childrenOf && provider.changed());
  };
  const kind = () => session.shown?.environment.kind ?? 'local';
  let timer: NodeJS.Timeout | undefined;
  const watchClock = () => {
    clearInterval(timer);
    timer = tree.visible ? setInterval(poll ?? (() => void data.refresh()), pollMs[kind()]) : undefined;
  };
  const subscriptions = [
    tree,
    changes.onChange(refreshWhenSeen),
    session.onChange(({ kind: now }) => {
      if (now !== 'invalid' || session.shown === undefined) data.reset();
      watchClock();
      refreshWhenSeen();
    }),
    tree.onDidChangeVisibility(() => {
      watchClock();
      if (due) refreshWhenSeen();
    }),
    { dispose: () => clearInterval(timer) },
  ];
  watchClock();
  return {
    refresh: async () => {
      await data.refresh();
      if (childrenOf) provider.changed();
    },
    redraw: (item) => provider.changed(item),
    children: async (item) => (await provider.getChildren(item)) ?? [],
    get items() {
      return data.items;
    },
    tree,
    dispose: () => subscriptions.forEach((one) => void one.dispose()),
  };
}
