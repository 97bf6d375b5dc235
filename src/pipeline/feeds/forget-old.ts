import { keys } from '../../documents/keys.js';
import { everyItem } from '../../platform/ports/pages.js';
import { secondsOf } from '../../project/duration.js';
import type { Feed } from '../../project/live/feed-schema.js';
import type { FeedAt } from './feed-at.js';
import { placesOf, stepAt } from './snapshots.js';

/** Of a table that is the newest answer alone, so much is kept for those who read it right now. */
const dayOfNewest = 86_400;

/**
 * Removes answers that are older than the feed keeps, the oldest first, by the time of the answers: one that is rarely made anew
 * stays until there is another.
 * @param newest the moment of the newest answer, in seconds since 1970
 */
export async function forgetOld({ environment, writers, signal }: FeedAt, source: string, feed: Feed, newest: number) {
  const kept = feed.keep === 'newest' ? dayOfNewest : secondsOf(feed.keep);
  const before = (newest - kept) * 1000;
  for await (const { key } of everyItem((page) => environment.objects.list(keys.feed(source), page), { signal })) {
    const step = stepAt(source, key);
    if (step === undefined) continue;
    // Keys sort by time: what follows is newer.
    if (step.getTime() >= before) return;
    if (Object.values(placesOf(source, step)).includes(key)) await writers.objects.remove(key, { signal });
  }
}
