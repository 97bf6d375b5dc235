import { valueAt } from '../../common/schema-words.js';
import type { Path } from '../checks/problem.js';
import { readRule } from '../rules/rule.js';
import type { PlacedRule } from './finding.js';

/** The rules of gates in a file, as far as they can be read. */
export function rulesOf(file: unknown): PlacedRule[] {
  return lengths(file, ['monitor', 'gates']).flatMap((path) => {
    const text = valueAt(file, [...path, 'rule']);
    const read = typeof text === 'string' ? readRule(text) : undefined;
    return read === undefined || 'problem' in read || typeof text !== 'string'
      ? []
      : [{ rule: read.rule, text, path: [...path, 'rule'] }];
  });
}

/** The paths of a list's items; none where there is no list. */
export function lengths(file: unknown, path: Path): Path[] {
  const list = valueAt(file, path);
  return Array.isArray(list) ? list.map((_, index) => [...path, index]) : [];
}
