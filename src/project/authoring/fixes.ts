import { nearest } from '../../common/nearest.js';
import type { Problem } from '../checks/problem.js';
import type { Fix } from './finding.js';

/** More than these are no offer but a list. */
const mostOffered = 6;

/** What may be put in the place of what was found: the name that was probably meant, else each of a few. */
export function fixesOf(
  { known = [] }: Pick<Problem, 'known'>,
  { from, to }: { from: number; to: number },
  source: string,
): Fix[] {
  const found = source.slice(from, to);
  const isQuoted = found.startsWith('"');
  const names = known.map(String);
  const guess = nearest(isQuoted ? found.slice(1, -1) : found, names);
  const offered = guess === undefined ? (names.length > mostOffered ? [] : names) : [guess];
  const written = (name: string) =>
    isQuoted && typeof known[names.indexOf(name)] === 'string' ? JSON.stringify(name) : name;
  return offered.map((name) => ({ title: `Change to ${name}`, from, to, text: written(name) }));
}
