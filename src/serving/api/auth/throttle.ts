/** Counts failures by who made them. */
export interface Throttle {
  /** Seconds until this one may try again; 0: now. */
  wait(who: string, now: Date): number;
  failed(who: string, now: Date): void;
  /** Forgets them all. */
  succeeded(who: string): void;
  /** Takes one back. */
  forgive(who: string): void;
}

/** Who is remembered at a time; more than that, and the oldest begin anew. */
const mostRemembered = 10_000;

/** `most` failures within `seconds` are let through, then none until the first of them is so long ago. */
export function throttle(most: number, seconds: number): Throttle {
  const failures = new Map<string, { count: number; first: number }>();
  const of = (who: string, now: Date) => {
    const found = failures.get(who);
    return found !== undefined && now.getTime() - found.first < seconds * 1000 ? found : undefined;
  };
  return {
    wait(who, now) {
      const found = of(who, now);
      if (found === undefined || found.count < most) return 0;
      return Math.max(1, Math.ceil((found.first + seconds * 1000 - now.getTime()) / 1000));
    },
    failed(who, now) {
      const { count, first } = of(who, now) ?? { count: 0, first: now.getTime() };
      failures.delete(who);
      failures.set(who, { count: count + 1, first });
      if (failures.size > mostRemembered) failures.delete(failures.keys().next().value!);
    },
    succeeded: (who) => void failures.delete(who),
    forgive(who) {
      const found = failures.get(who);
      if (found !== undefined) found.count -= 1;
    },
  };
}
