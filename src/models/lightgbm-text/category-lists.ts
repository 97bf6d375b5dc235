/**
 * The `pandas_categorical` line of a model as lists of values, as Python writes them: texts, truth values, numbers
 * (beyond 2^53 as bigint, so that none turns into its neighbour) and infinities, which JSON has not.
 * @returns undefined for anything else
 */
export function readCategoryLists(text: string): unknown[][] | null | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(TOKEN, markExact), unmark);
    return value === null || (Array.isArray(value) && value.every(Array.isArray))
      ? (value as unknown[][] | null)
      : undefined;
  } catch {
    return undefined;
  }
}

/** The same line again; numbers have their exact values. */
export function writeCategoryLists(lists: readonly unknown[][] | null): string {
  if (lists === null) return 'null';
  return `[${lists.map((list) => `[${list.map(valueText).join(',')}]`).join(',')}]`;
}

/** Strings are passed over whole, so that a number inside of one is none. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?Infinity|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

function markExact(token: string): string {
  if (token.endsWith('Infinity')) return `{"infinite":"${token}"}`;
  return /^-?\d+$/.test(token) && !Number.isSafeInteger(Number(token)) ? `{"whole":"${token}"}` : token;
}

function unmark(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const { whole, infinite } = value as { whole?: string; infinite?: string };
  return whole === undefined ? Number(infinite) : BigInt(whole);
}

function valueText(value: unknown): string {
  return typeof value === 'bigint' || typeof value === 'number' ? String(value) : JSON.stringify(value);
}
