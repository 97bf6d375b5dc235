import type * as z from 'zod';
import { oneOf } from './nearest.js';

type Issue = z.core.$ZodIssue;

/** The first thing that a schema has against a document: `features: found nothing, expected a list`. */
export function firstProblem({ issues }: z.ZodError, document: unknown): string {
  const [issue] = issues;
  return issue === undefined ? 'found what cannot be read' : problemOf(issue, [], document);
}

function problemOf(issue: Issue, parent: readonly (string | number)[], document: unknown): string {
  const path = [...parent, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))];
  if (issue.code === 'unrecognized_keys')
    return `${[...path, issue.keys[0]].join('.')}: found an unknown key, expected none`;
  const inner = issue.code === 'invalid_union' ? fittingBranch(issue.errors)?.[0] : undefined;
  if (inner !== undefined) return problemOf(inner, path, document);
  const value = valueAt(document, path);
  const where = path.length === 0 ? '' : `${path.join('.')}: `;
  return `${where}found ${foundText(value)}, expected ${expectedBy(issue, value)}`;
}

/**
 * Of several allowed shapes the one that the value has, wrong only further inside; else, among those that have keys like
 * its own, the one that the fewest changes would make it.
 */
export function fittingBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
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

export function expectedBy(issue: Issue, value: unknown): string {
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

/** What was found, short enough for a line. */
export function foundText(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (value !== null && typeof value === 'object') return 'an object';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…"` : text;
}

/** The part of a JSON value at a path; undefined where there is none. */
export function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (part, step) =>
      part !== null && typeof part === 'object' ? (part as Record<string | number, unknown>)[step] : undefined,
    value,
  );
}
