/** Runs at most `count` pieces of work at a time, the others wait in order. */
export function limiter(count: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= count) await new Promise<void>((go) => waiting.push(go));
    else running += 1;
    try {
      return await work();
    } finally {
      // The call that waits longest takes over the place, so that no other can slip in between.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
