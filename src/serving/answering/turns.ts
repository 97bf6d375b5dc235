/**
 * Turns in this thread: between two of them the process looks at its sockets, so that a health check waits for one of
 * many requests that came at once, never for all.
 */
export function turns(): () => Promise<void> {
  let last = Promise.resolve();
  return () => {
    last = last.then(() => new Promise((resolve) => setImmediate(resolve)));
    return last;
  };
}
