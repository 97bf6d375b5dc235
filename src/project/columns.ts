/**
 * Whether a name fits a pattern in which `*` stands for any characters, none included. In linear time: each part is
 * looked for once, from the left, so that a pattern of nothing but stars keeps nobody waiting.
 */
export function matchesPattern(pattern: string, name: string): boolean {
  const [first = '', ...parts] = pattern.split('*');
  const last = parts.pop();
  if (last === undefined) return pattern === name;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const part of parts) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}

/** The names that fit one of the patterns, each once: patterns in their order, then names in theirs. */
export function matchColumns(patterns: readonly string[], names: readonly string[]): string[] {
  return [...new Set(patterns.flatMap((pattern) => names.filter((name) => matchesPattern(pattern, name))))];
}
