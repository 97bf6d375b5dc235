/** Whether a name fits a pattern in which `*` stands for any characters, none included. */
export function matchesPattern(pattern: string, name: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(name);
}

/** The names that fit one of the patterns, each once: patterns in their order, then names in theirs. */
export function matchColumns(patterns: readonly string[], names: readonly string[]): string[] {
  return [...new Set(patterns.flatMap((pattern) => names.filter((name) => matchesPattern(pattern, name))))];
}
