import { valueAt } from '../../common/schema-words.js';
import { matchesPattern } from '../columns.js';
import type { Path } from './problem.js';

/** Where a column is named whose values have to be seen: what is private has no place there. */
const seen: Path[] = [
  ['features', 'time'],
  ['features', 'split', 'column'],
  ['model', 'target'],
];

/** Notes each place of the file that names a private column although it has to be seen, or is learned from. */
export function checkPrivate(file: unknown, note: (path: Path, message: string) => void): void {
  const patterns = valueAt(file, ['private']);
  if (!Array.isArray(patterns)) return;
  const isPrivate = (name: unknown) =>
    typeof name === 'string' && patterns.some((one) => typeof one === 'string' && matchesPattern(one, name));
  const check = (path: Path) => {
    const name = valueAt(file, path);
    if (isPrivate(name)) note(path, `found the private column "${String(name)}", expected one that may be seen`);
  };
  const lengthOf = (path: Path) => {
    const list = valueAt(file, path);
    return Array.isArray(list) ? list.length : 0;
  };
  seen.forEach(check);
  for (let slice = 0; slice < lengthOf(['monitor', 'slices']); slice += 1)
    for (const path of [[], ['column']]) check(['monitor', 'slices', slice, ...path]);
  for (let candidate = 0; candidate < lengthOf(['model', 'candidates']); candidate += 1) {
    const columns: Path = ['model', 'candidates', candidate, 'columns'];
    for (let at = 0; at < lengthOf(columns); at += 1) check([...columns, at]);
  }
}
