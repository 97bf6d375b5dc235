import type { z } from 'zod';
import type { JsoncText } from './jsonc.js';
import { knownKeys } from './json-schema.js';
import { oneOf } from '../common/nearest.js';
import { foundText, valueAt, type Path, type Problem } from './problem.js';

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
  const found =
    issue.code === 'invalid_key' ? `the key "${String(path.at(-1))}"` : foundText(valueAt(text.value, path));
  return [{ ...place, path, message: `found ${found}, expected ${expectedBy(issue, valueAt(text.value, path))}` }];
}

function unknownKey(path: Path, text: JsoncText): Problem {
  const message = `found an unknown key, expected ${oneOf(path.at(-1), knownKeys(path.slice(0, -1)))}`;
  return { ...text.placeOfKey(path), path, message };
}

/**
 * Of several allowed shapes the one that the value has, wrong only further inside; else, among those that have keys like
 * its own, the one that the fewest changes would make it.
 */
function fittingBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const inside = branches.find((issues) => issues.every(({ path }) => path.length > 0));
  if (inside !== undefined) return inside;
  const keyed = branches.filter((issues) =>
    issues.every(({ path, code }) => path.length > 0 || code === 'unrecognized_keys'),
  );
  const changes = (issues: readonly Issue[]) =>
    issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0);
  return [...keyed].sort((left, right) => changes(left) - changes(right))[0];
}

const typeWords: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

function expectedBy(issue: Issue, value: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return typeWords[issue.expected] ?? issue.expected;
    case 'too_big':
      return `${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}${itemsOf(issue.origin)}`;
    case 'too_small':
      return `${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${itemsOf(issue.origin)}`;
    case 'invalid_value':
      return issue.values.every((known) => typeof known === 'string')
        ? oneOf(value, issue.values)
        : issue.values.map(String).join(' or ');
    case 'invalid_union':
      return issue.errors.length === 0 ? optionsOf(issue, value) : alternatives(issue.errors, value);
    case 'invalid_key':
      return issue.issues[0]?.message ?? issue.message;
    default:
      return issue.message;
  }
}

function itemsOf(origin: string): string {
  return origin === 'array' ? ' in the list' : '';
}

function optionsOf(issue: Issue, value: unknown): string {
  const options = 'options' in issue && Array.isArray(issue.options) ? issue.options.map(String) : [];
  return options.length === 0 ? issue.message : oneOf(value, options);
}

function alternatives(branches: readonly (readonly Issue[])[], value: unknown): string {
  return branches.map((issues) => (issues[0] === undefined ? '' : expectedBy(issues[0], value))).join(' or ');
}
