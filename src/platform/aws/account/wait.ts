import { setTimeout as sleep } from 'node:timers/promises';
import { CancelledError } from '../../../common/errors.js';

/** First looks come soon, later ones at the pace of things that take minutes. */
const [firstMs, longestMs] = [500, 15_000];

/** Looks again and again until it is done, waiting longer each time. @throws CancelledError when it is cancelled */
export async function until<Result>(
  look: () => Promise<Result | undefined>,
  { signal, onLook }: { signal?: AbortSignal; onLook?: () => void } = {},
): Promise<Result> {
  for (let pause = firstMs; ; pause = Math.min(longestMs, pause * 1.5)) {
    if (signal?.aborted) throw new CancelledError();
    const found = await look();
    if (found !== undefined) return found;
    onLook?.();
    await sleep(pause, undefined, { signal }).catch(() => undefined);
  }
}
