import { matchesPattern } from '../types.js';

/** A value as a message tells it; one that says whose data it is, not at all. */
export const toldValue = (name: string, value: unknown, hidden: readonly string[] = []): string =>
  hidden.some((pattern) => matchesPattern(pattern, name)) ? 'a private value' : `"${String(value).slice(0, 60)}"`;
