import type { Item } from '../tree-item.js';
import { errorItems } from './error-items.js';

/** The lines of one view: the last good ones, and whether they still hold. */
export interface ViewData {
  readonly items: readonly Item[];
  readonly loaded: boolean;
  /** Loads again. Calls that come while it loads share one more load after it. Resolves when the newest is in. */
  refresh: () => Promise<void>;
  /** Forgets everything: another project or environment has nothing to do with the last. */
  reset: () => void;
}

export interface ViewDataOptions {
  view: string;
  load: () => Promise<Item[]>;
  /** Called only when what is shown differs from before. */
  onChange: () => void;
  onError: (error: unknown) => void;
}

export function makeViewData({ view, load, onChange, onError }: ViewDataOptions): ViewData {
  let good: readonly Item[] = [];
  let shown: readonly Item[] = [];
  let loaded = false;
  let epoch = 0;
  let running: Promise<void> | undefined;
  let again = false;
  let lastError = '';

  const show = (items: readonly Item[]) => {
    const same = loaded && JSON.stringify(items) === JSON.stringify(shown);
    loaded = true;
    if (same) return;
    shown = items;
    onChange();
  };
  const once = async () => {
    const mine = epoch;
    try {
      const items = await load();
      // The answer of the place that was left must not appear in the one that was entered.
      if (mine !== epoch) return;
      good = items;
      lastError = '';
      show(items);
    } catch (error) {
      if (mine !== epoch) return;
      if (String(error) !== lastError) onError(error);
      lastError = String(error);
      show(errorItems(view, error, good));
    }
  };
  const loop = async () => {
    do {
      again = false;
      await once();
    } while (again);
    running = undefined;
  };
  return {
    get items() {
      return shown;
    },
    get loaded() {
      return loaded;
    },
    refresh() {
      if (running === undefined) running = loop();
      else again = true;
      return running;
    },
    reset() {
      epoch += 1;
      good = [];
      shown = [];
      loaded = false;
      lastError = '';
      again = running !== undefined;
      onChange();
    },
  };
}
