/** Lets each caller ask so often, in bursts up to that number. */
export interface RateLimit {
  /** Takes one request of a caller's. Answers 0, or in how many seconds there is one again. */
  take(caller: string, now: Date): number;
}

const mostRemembered = 10_000;

/** A bucket of `requests` for each caller that fills evenly within `seconds`. */
export function rateLimit({ requests, seconds }: { requests: number; seconds: number }): RateLimit {
  const buckets = new Map<string, { left: number; at: number }>();
  const perMs = requests / (seconds * 1000);
  return {
    take(caller, now) {
      const at = now.getTime();
      const found = buckets.get(caller);
      const left = found === undefined ? requests : Math.min(requests, found.left + Math.max(0, at - found.at) * perMs);
      buckets.delete(caller);
      // Who was not here for longest has most likely a full one again.
      if (buckets.size >= mostRemembered) buckets.delete(buckets.keys().next().value!);
      const enough = left >= 1;
      buckets.set(caller, { left: enough ? left - 1 : left, at });
      return enough ? 0 : Math.max(1, Math.ceil((1 - left) / perMs / 1000));
    },
  };
}
