import { MissingRight } from '../../../common/errors.js';
import { makeBucketPages, type LevelAt } from './bucket-pages.js';
import { bucketItems, listingItems, searched } from './buckets.js';
import { errorItems } from '../error-items.js';
import type { Item, Target } from '../../tree-item.js';
import { makeRunVerdicts } from './run-verdicts.js';
import { quietly } from '../../session/quietly.js';
import type { Current } from '../../session/session.js';
import type { TreeSource } from '../tree-source.js';

type Node = Extract<Target, { kind: 'prefix' }>;

type Levels = Required<
  Pick<TreeSource, 'roots' | 'children' | 'shown' | 'parentOf' | 'forget' | 'lookAnew' | 'written' | 'long'>
>;

/** One level is listed when it is opened; a node is shown with what is searched below it. */
export interface BucketLevels extends Levels {
  /** Shows one page more of the level that a line stands at the end of; answers the node to draw again. */
  loadMore: (line: Item) => Item | undefined;
  /** Shows only keys that go on so after the node's own; empty: all. */
  search: (item: Item, text: string) => void;
  searchOf: (item: Item) => string;
  /** What is open below a node, or everywhere, is listed anew. */
  refresh: (item?: Item) => void;
  /** Who else has to do with it; one is enough. */
  listen: (listener: Listener) => void;
}

interface Listener {
  /** What stands in the tree as a line belongs in the log, too. */
  failed: (error: unknown) => void;
  /** Somebody wants to see what is there now: everywhere, or below one node. */
  refreshed: (below?: Node) => void;
}

/** @param added names of buckets that the user wants to see besides */
export function makeBucketLevels(added: () => readonly string[]): BucketLevels {
  let listener: Listener = { failed: () => undefined, refreshed: () => undefined };
  const pages = makeBucketPages();
  const searches = new Map<string, string>();
  let parents = new WeakMap<Item, Item>();
  let verdictsOf = makeRunVerdicts();
  const searchOf = ({ id }: Item) => searches.get(id) ?? '';
  const levelOf = (item: Item, { bucket, key }: Node): LevelAt => ({ bucket, prefix: key + searchOf(item) });

  const level = async (current: Current, item: Item, node: Node) => {
    const { environment } = current;
    const at = levelOf(item, node);
    const { entries, leftOut, more, failure } = await pages.look(quietly(current), at);
    const verdicts = await verdictsOf(quietly(current), at.bucket, entries);
    const items = listingItems(
      { ...at, key: node.key, own: at.bucket === environment.bucket, entries, leftOut, more, verdicts },
      new Date(),
    );
    return failure === undefined ? items : failed(item, failure, items);
  };
  const refresh = (item?: Item) => {
    const below = item?.target?.kind === 'prefix' ? item.target : undefined;
    pages.refresh(below && { bucket: below.bucket, prefix: below.key });
    listener.refreshed(below);
  };
  const failed = (item: Item, error: unknown, lastGood: readonly Item[] = []) => {
    listener.failed(error);
    return errorItems(item.id, error, lastGood);
  };
  return {
    roots: (current) => rootsOf(current, added()),
    async children(current, item) {
      if (item.target?.kind !== 'prefix') return [];
      const items = await level(current, item, item.target).catch((error: unknown) => failed(item, error));
      for (const child of items) parents.set(child, item);
      return items;
    },
    shown: (item) => searched(item, searchOf(item)),
    parentOf: (item) => parents.get(item),
    loadMore(line) {
      const node = parents.get(line);
      if (node?.target?.kind === 'prefix') pages.loadMore(levelOf(node, node.target));
      return node;
    },
    search: ({ id }, text) => void (text === '' ? searches.delete(id) : searches.set(id, text)),
    searchOf,
    lookAnew: () => refresh(),
    written: ({ environment }) => void (environment.kind === 'local' && refresh()),
    long: true,
    refresh,
    forget() {
      pages.reset();
      searches.clear();
      parents = new WeakMap();
      verdictsOf = makeRunVerdicts();
    },
    listen: (other) => void (listener = other),
  };
}

/**
 * All buckets with those that were added. A user who may not list buckets still sees the named ones, and which right is
 * missing.
 */
async function rootsOf(current: Current, added: readonly string[]): Promise<Item[]> {
  const { listBuckets } = await import('../../project-work.js');
  const { bucket: own, kind } = current.environment;
  let found: string[] = [];
  let failure: Error | undefined;
  try {
    found = (await listBuckets.run(quietly(current), undefined)).buckets.map(({ name }) => name);
  } catch (error) {
    failure = error as Error;
  }
  const named = kind === 'aws' || found.length === 0 ? [own, ...added].filter((name) => name !== '') : [];
  if (failure !== undefined && (named.length === 0 || !(failure instanceof MissingRight))) throw failure;
  // On this machine a bucket is there once something lies in it.
  if (kind === 'local' && found.length === 0) return [];
  const names = [...new Set([...found, ...named])];
  const items = bucketItems(names, {
    own,
    added: added.filter((name) => !found.includes(name)),
    open: kind === 'local',
  });
  return failure instanceof MissingRight ? [...items, notListed(failure)] : items;
}

function notListed({ message, action }: MissingRight): Item {
  return {
    id: 'buckets#denied',
    label: 'Other buckets are not listed',
    description: `needs ${action}`,
    tooltip: `${message}\nBuckets can be added by name.`,
    icon: 'warn',
    click: 'mlops.addBucket',
  };
}
