import { CancelledError } from '../common/errors.js';
import type { TrainingHooks } from './progress.js';

/** Long enough that yielding costs nothing, short enough that a cancelled training ends at once. */
const MILLISECONDS = 50;

/**
 * Lets other work in between rounds, so that a signal can arrive at all.
 * @throws CancelledError once the signal is aborted
 */
export function yieldOften({ signal }: TrainingHooks): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last >= MILLISECONDS) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      last = performance.now();
    }
    if (signal?.aborted) throw new CancelledError();
  };
}
