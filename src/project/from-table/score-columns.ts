/**
 * Of columns with a score a class, the class that each is about: `p_a`, `p_b` by `p_*` are `a`, `b`; columns named one by
 * one lose what all of them begin with.
 */
export function classesOfColumns(patterns: readonly string[], columns: readonly string[]): string[] {
  const around = patterns.length === 1 ? patterns[0]!.split('*') : [];
  if (around.length === 2) {
    const [before, after] = around as [string, string];
    return columns.map((column) => column.slice(before.length, column.length - after.length));
  }
  const shared = /^(?:[^_]*_)+/.exec(columns[0] ?? '')?.[0] ?? '';
  const prefix = columns.every((column) => column.startsWith(shared)) ? shared : '';
  return columns.map((column) => column.slice(prefix.length));
}
