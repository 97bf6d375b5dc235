import type * as z from 'zod';
import type { JsoncText } from '../jsonc.js';
import { knownKeys } from '../json-schema.js';
import { oneOf } from '../../common/nearest.js';
import { expectedBy, fittingBranch, foundText, valueAt } from '../../common/schema-words.js';
import type { Path, Problem } from './problem.js';

type Issue = z.core.$ZodIssue;

/** What the schema has against a file, each with its place and with what was found and expected. */
export function schemaProblems(issues: readonly Issue[], text: JsoncText): Problem[] {
  return issues.flatMap((issue) => problemsOf(issue, [], text));
}

function problemsOf(issue: Issue, parent: Path, text: JsoncText): Problem[] {
  const path = [...parent, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))];
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey([...path, key], text));
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const branch = fittingBranch(issue.errors);
    if (branch !== undefined) return branch.flatMap((inner) => problemsOf(inner, path, text));
  }
  const place = issue.code === 'invalid_key' ? text.placeOfKey(path) : text.placeOf(path);
  const found = issue.code === 'invalid_key' ? `the key "${String(path.at(-1))}"` : shown(path, text);
  return [{ ...place, path, message: `found ${found}, expected ${expectedBy(issue, valueAt(text.value, path))}` }];
}

/** What stands where only the name of a secret belongs may be the secret itself. */
function shown(path: Path, text: JsoncText): string {
  const value = valueAt(text.value, path);
  const isSecret = path[0] === 'actions' && (path[2] === 'url' || path[2] === 'key') && typeof value === 'string';
  return isSecret ? 'a text that is not shown here' : foundText(value);
}

function unknownKey(path: Path, text: JsoncText): Problem {
  const message = `found an unknown key, expected ${oneOf(path.at(-1), knownKeys(path.slice(0, -1)))}`;
  return { ...text.placeOfKey(path), path, message };
}
