import { matchColumns } from '../../project/columns.js';
import { readRule } from '../../project/rules/rule.js';
import type { ProjectFile } from '../../project/schema.js';

/** Those of a group's columns of text whose categories a rule watches: `psi(color)`, `psi(*)`. A model need not see them. */
export function watchedCategories({ monitor }: Pick<ProjectFile, 'monitor'>, texts: readonly string[]): string[] {
  const patterns = monitor.gates.flatMap(({ rule: text }) => {
    const read = readRule(text);
    return 'rule' in read && read.rule.figure === 'psi' ? (read.rule.columns ?? []) : [];
  });
  return matchColumns(patterns, texts);
}
