import type { Event } from 'vscode';
import type { Current } from '../session/session.js';
import type { Item } from '../tree-item.js';

/** What one tree shows; its view and its refresh command are the same for every tree. */
export interface TreeSource {
  roots: (current: Current) => Promise<Item[]>;
  /** The lines below a lazy one, when it is opened. */
  children?: (current: Current, item: Item) => Promise<Item[]>;
  /** A line as it is drawn now, where that depends on more than the line. */
  shown?: (item: Item) => Item;
  /** The line above one that `children` fetched, so that it can be revealed. */
  parentOf?: (item: Item) => Item | undefined;
  /** Another place has nothing to do with what is remembered of the last. */
  forget?: () => void;
  /** Somebody looks by hand and wants to see now; without it everything is forgotten. */
  lookAnew?: () => Promise<void> | void;
  /** Something was written below the project on this machine. */
  written?: (current: Current) => void;
  /** What to do every now and then instead of loading again. */
  poll?: () => void;
  /** After these it is loaded again, seen or not. */
  follows?: readonly Event<unknown>[];
  badge?: (items: readonly Item[]) => { value: number; tooltip: string } | undefined;
  /** It grows so long that one button folds it. */
  long?: boolean;
}
