import type { Serving } from './traffic.js';

interface Use {
  count: number;
  freed: (() => void)[];
}
const uses = new WeakMap<Serving, Use>();

/** Answers a request with what is served now: it is not ended under the request, however long that takes. */
export async function using<Result>(serving: Serving, work: () => Promise<Result>): Promise<Result> {
  const use = uses.get(serving) ?? { count: 0, freed: [] };
  uses.set(serving, use);
  use.count += 1;
  try {
    return await work();
  } finally {
    use.count -= 1;
    if (use.count === 0) use.freed.splice(0).forEach((free) => free());
  }
}

/** Resolves when no request is answered with it any more. */
export function unused(serving: Serving): Promise<void> {
  const use = uses.get(serving);
  if (use === undefined || use.count === 0) return Promise.resolve();
  return new Promise((resolve) => use.freed.push(resolve));
}
