/** A value of JSON without the fields that are private, at whatever depth. */
export function withoutFields(value: unknown, isPrivate: (name: string) => boolean): unknown {
  if (Array.isArray(value)) return value.map((one) => withoutFields(one, isPrivate));
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).filter(([name]) => !isPrivate(name));
  return Object.fromEntries(kept.map(([name, inner]) => [name, withoutFields(inner, isPrivate)]));
}
