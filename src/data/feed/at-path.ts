/** What stands at a dotted path of a JSON value; undefined where nothing does. Only what the value itself has is followed. */
export function atPath(value: unknown, path: string): unknown {
  if (path === '.') return value;
  let at = value;
  for (const key of path.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return at;
}
