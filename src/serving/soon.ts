/**
 * A value that is there, or will be. What is there goes on at once: a promise a step would be a good part of what a
 * request costs.
 */
export type Soon<Value> = Value | Promise<Value>;

/** Goes on with a value when it is there. */
export function after<From, To>(value: Soon<From>, next: (value: From) => Soon<To>): Soon<To> {
  return value instanceof Promise ? value.then(next) : next(value);
}

/** Does something when work has ended, however it ended. @throws what the work throws */
export function finish<Value>(work: () => Soon<Value>, end: () => void): Soon<Value> {
  let value: Soon<Value>;
  try {
    value = work();
  } catch (error) {
    end();
    throw error;
  }
  if (value instanceof Promise) return value.finally(end);
  end();
  return value;
}
