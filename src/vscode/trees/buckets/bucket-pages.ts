import type { At } from '../../../operations/operation.js';
import type { ObjectEntry } from '../../../platform/ports/objects.js';

const pageSize = 100;

/** One level of a bucket: what lies under a prefix. */
export interface LevelAt {
  bucket: string;
  prefix: string;
}

export interface Loaded {
  entries: readonly ObjectEntry[];
  /** There is more than `entries`. */
  more: boolean;
  /** Keys of links and of what is no file, which are not listed. */
  leftOut: readonly string[];
  /** Why `entries` may no longer hold: the last look failed. */
  failure?: unknown;
}

export interface BucketPages {
  /** What is known of a level; lists it when nobody did, or when more was asked for. Throws while nothing is known. */
  look: (place: At, at: LevelAt) => Promise<Loaded>;
  /** Lets the next look at a level fetch one page more. */
  loadMore: (at: LevelAt) => void;
  /** Lets the next look list anew, as many pages as before: levels that hold `below`, or all. */
  refresh: (below?: LevelAt) => void;
  /** Forgets everything. */
  reset: () => void;
}

interface Level {
  entries: ObjectEntry[];
  leftOut: ReadonlySet<string>;
  next: string | undefined;
  /** Pages that somebody asked to see, and those in `entries`. */
  wanted: number;
  pages: number;
  fresh: boolean;
  looking?: Promise<Loaded>;
  /** Counts refreshes: a listing that began before the last one does not tell what is there now. */
  turn: number;
}

/** Lists levels page by page, each only when it is looked at, and remembers what was found until it is refreshed. */
export function makeBucketPages(): BucketPages {
  let levels = new Map<string, Level>();
  const keyOf = ({ bucket, prefix }: LevelAt) => `${bucket}/${prefix}`;
  const levelAt = (at: LevelAt): Level => {
    const known = levels.get(keyOf(at));
    if (known) return known;
    const made: Level = {
      entries: [],
      leftOut: new Set(),
      next: undefined,
      wanted: 1,
      pages: 0,
      fresh: false,
      turn: 0,
    };
    levels.set(keyOf(at), made);
    return made;
  };
  return {
    look(place, at) {
      const level = levelAt(at);
      const { turn } = level;
      level.looking ??= listed(place, at, level).finally(() => {
        if (level.turn === turn) level.looking = undefined;
      });
      return level.looking;
    },
    loadMore: (at) => void (levelAt(at).wanted += 1),
    refresh(below) {
      const prefix = below === undefined ? '' : keyOf(below);
      for (const [key, level] of levels) {
        if (key.startsWith(prefix)) Object.assign(level, { fresh: false, looking: undefined, turn: level.turn + 1 });
      }
    },
    reset: () => (levels = new Map()),
  };
}

/** The level as it is now; after a failure as it was, with the failure. */
async function listed(place: At, at: LevelAt, level: Level): Promise<Loaded> {
  const { turn } = level;
  try {
    const { listPage } = await import('../../project-work.js');
    const start = level.fresh ? level : { entries: [], leftOut: [], next: undefined, pages: 0 };
    let { next, pages } = start;
    const entries = [...start.entries];
    const leftOut = new Set(start.leftOut);
    while (pages < level.wanted && (pages === 0 || next !== undefined)) {
      const page = await listPage.run(place, { ...at, limit: pageSize, token: next });
      entries.push(...page.entries);
      for (const key of page.leftOut) leftOut.add(key);
      next = page.next;
      pages += 1;
    }
    if (level.turn === turn) Object.assign(level, { entries, leftOut, next, pages, fresh: true });
    return { entries, leftOut: [...leftOut], more: next !== undefined };
  } catch (failure) {
    if (level.pages === 0) throw failure;
    // The next page can be asked for again, and comes if it can be had by then.
    level.wanted = level.pages;
    return { entries: level.entries, leftOut: [...level.leftOut], more: level.next !== undefined, failure };
  }
}
