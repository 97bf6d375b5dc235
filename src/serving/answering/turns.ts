/** So long requests are answered one after the other before the process looks at its sockets again. */
const longestMs = 5;

/**
 * Turns in this thread. Requests that came at once are answered at once for a few milliseconds; those that are left
 * wait for the process to have looked at its sockets, so that a health check waits for one of many, never for all.
 */
export function turns(): () => Promise<void> | undefined {
  let busySince: number | undefined;
  let last: Promise<void> | undefined;
  const looked = () => new Promise<void>((resolve) => setImmediate(resolve));

  return () => {
    const now = performance.now();
    if (busySince === undefined) {
      busySince = now;
      setImmediate(() => (busySince = undefined));
    }
    if (last === undefined && now - busySince < longestMs) return undefined;
    const turn: Promise<void> = (last ?? Promise.resolve()).then(looked);
    last = turn;
    void turn.then(() => {
      if (last === turn) last = undefined;
    });
    return turn;
  };
}
