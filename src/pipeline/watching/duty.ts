import type { Said } from '../../documents/watching/watcher.js';
import type { Clock } from '../releasing/releasing.js';

/** Something that is to be done again and again while a project is watched. */
export interface Duty {
  /** `alarms`, `loop`, `checks`. */
  name: string;
  /** Milliseconds between two. */
  every: number;
  /**
   * Does it once; says what came of it in one line, nothing where nothing happened. Never throws for what is only not
   * there yet. It ends on the signal.
   */
  run: (at: Date, signal: AbortSignal) => Promise<string | undefined>;
  /** Waits for what it began and did not wait for; says what came of that. Not asked where the signal ended it. */
  settle?: (signal: AbortSignal) => Promise<string | undefined>;
}

/** How duties are done. */
export interface Watching {
  clock: Clock;
  signal: AbortSignal;
  /** Told what a duty says, and why one failed: not again while it fails of the same. */
  tell: (said: Said) => void;
  /** Ends here; without it on the signal alone. */
  until?: Date;
  /** Does each duty once. */
  once?: boolean;
}
