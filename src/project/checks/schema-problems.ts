import type * as z from 'zod';
import type { JsoncText } from '../jsonc.js';
import { knownKeys } from '../json-schema.js';
import { oneOf } from '../../common/nearest.js';
import { expectedBy, fittingBranch, foundText, valueAt } from '../../common/schema-words.js';
import type { Path, Problem } from './problem.js';

type Issue = z.core.$ZodIssue;

/** A file that is no project has something wrong everywhere: beyond so many of a kind it is enough to know how many. */
const mostOfAKind = 50;

/** What the schema has against a file, each with its place and with what was found and expected. */
export function schemaProblems(issues: readonly Issue[], text: JsoncText): Problem[] {
  const told = issues.slice(0, mostOfAKind).flatMap((issue) => problemsOf(issue, [], text));
  return [...told, ...more(issues.length, [], text)];
}

function more(count: number, path: Path, text: JsoncText): Problem[] {
  if (count <= mostOfAKind) return [];
  return [{ ...text.placeOf(path), path, message: `found ${count - mostOfAKind} more that is not as expected` }];
}

function problemsOf(issue: Issue, parent: Path, text: JsoncText): Problem[] {
  const path = [...parent, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))];
  if (issue.code === 'unrecognized_keys') {
    const told = issue.keys.slice(0, mostOfAKind).map((key) => unknownKey([...path, key], text));
    return [...told, ...more(issue.keys.length, path, text)];
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const branch = fittingBranch(issue.errors);
    if (branch !== undefined) return branch.flatMap((inner) => problemsOf(inner, path, text));
  }
  const place = issue.code === 'invalid_key' ? text.placeOfKey(path) : text.placeOf(path);
  const found = issue.code === 'invalid_key' ? `the key "${String(path.at(-1))}"` : shown(path, text);
  const message = `found ${found}, expected ${expectedBy(issue, valueAt(text.value, path))}`;
  const known = knownBy(issue);
  return [{ ...place, path, message, ...(known && { known }) }];
}

/** What stands where only the name of a secret belongs may be the secret itself. */
function shown(path: Path, text: JsoncText): string {
  const value = valueAt(text.value, path);
  const isSecret = path[0] === 'actions' && (path[2] === 'url' || path[2] === 'key') && typeof value === 'string';
  return isSecret ? 'a text that is not shown here' : foundText(value);
}

function unknownKey(path: Path, text: JsoncText): Problem {
  const known = knownKeys(path.slice(0, -1));
  const message = `found an unknown key, expected ${oneOf(path.at(-1), known)}`;
  return { ...text.placeOfKey(path), path, message, known };
}

/** The values that a schema takes, where it takes few; the nearest one where a number lies beyond its end. */
function knownBy(issue: Issue): Problem['known'] {
  if (issue.code === 'invalid_value')
    return issue.values.filter((value) => typeof value === 'string' || typeof value === 'number');
  const isNumber = (issue.code === 'too_big' || issue.code === 'too_small') && issue.origin === 'number';
  if (!isNumber || issue.inclusive === false) return undefined;
  return [Number(issue.code === 'too_big' ? issue.maximum : issue.minimum)];
}
