import * as z from 'zod';
import { WrongInput } from '../../common/errors.js';
import { firstProblem } from '../../common/schema-words.js';

const range = z.tuple([z.number().nullable(), z.number().nullable()]);

const caseSchema = z.strictObject({
  name: z.string().optional(),
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']).optional(),
  path: z.string().startsWith('/').default('/invocations'),
  headers: z.record(z.string(), z.string()).default({}),
  /** `env:NAME`: the variable that holds it; null: none is sent, though there is one. */
  token: z
    .string()
    .regex(/^env:\w+$/, '"env:NAME", the variable that holds it')
    .nullable()
    .optional(),
  /** A text is sent as it is, anything else as JSON. */
  request: z.unknown().optional(),
  status: z.int().min(100).max(599).default(200),
  /** What the answer says at least: of objects these keys, all else exactly. */
  answer: z.unknown().optional(),
  /** Numbers that lie within, ends included, by their path: `{ "detail.0.age": [0, 50] }`; null is no limit. */
  ranges: z.record(z.string(), range).default({}),
  present: z.array(z.string()).default([]),
  absent: z.array(z.string()).default([]),
});
export type ContractCase = z.infer<typeof caseSchema> & { line: number };

const words = Object.keys(caseSchema.shape);

/**
 * The cases of a file, one a line: `{ "request": …, "status": 422, … }`, or the request alone, which is to be answered
 * with 200. @throws WrongInput naming the line
 */
export function readCases(text: string, file: string): ContractCase[] {
  const cases = text.split(/\r?\n/).flatMap((content, index): ContractCase[] => {
    if (content.trim() === '') return [];
    const line = index + 1;
    const value = jsonOf(content);
    if (value === undefined) throw new WrongInput({ file, line, found: 'no JSON', expected: 'a case, one a line' });
    const said = isCase(value) ? value : { request: value };
    const parsed = caseSchema.safeParse(said);
    if (parsed.success) return [{ ...parsed.data, line }];
    const [found = '', expected = 'a case'] = firstProblem(parsed.error, said).split(', expected ');
    throw new WrongInput({ file, line, found: found.replace('found ', ''), expected });
  });
  if (cases.length > 0) return cases;
  throw new WrongInput({ file, found: 'no cases', expected: 'one a line' });
}

/** Whether a line says more than the request: it has the request under its name, or no key that is none of ours. */
function isCase(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return keys.includes('request') || (keys.includes('path') && keys.every((key) => words.includes(key)));
}

/** What is sent: a text as it is, anything else as JSON; undefined: nothing. */
export function bodyOf({ request }: ContractCase): string | undefined {
  return request === undefined || typeof request === 'string' ? request : JSON.stringify(request);
}

/** What came back. */
export interface ContractAnswer {
  status: number;
  text: string;
}

/** What an answer lacks of a case, a line each; none where it holds. */
export function contractProblems(wanted: ContractCase, { status, text }: ContractAnswer): string[] {
  if (status !== wanted.status) return [`answered ${status}, expected ${wanted.status}: ${shortened(text)}`];
  const body = jsonOf(text);
  const asksForJson = wanted.answer !== undefined || [...wanted.present, ...Object.keys(wanted.ranges)].length > 0;
  if (body === undefined && asksForJson) return [`answered no JSON: ${shortened(text)}`];
  const absent = wanted.absent.filter((path) => at(body, path) !== undefined);
  return [
    ...(wanted.answer === undefined ? [] : differences(body, wanted.answer, '')),
    ...wanted.present.filter((path) => at(body, path) === undefined).map((path) => `${path}: found nothing`),
    ...absent.map((path) => `${path}: found ${shown(at(body, path))}, expected nothing`),
    ...Object.entries(wanted.ranges).flatMap(([path, limits]) => outside(at(body, path), path, limits)),
  ];
}

function outside(value: unknown, path: string, [low, high]: [number | null, number | null]): string[] {
  const words = `${low ?? '…'} to ${high ?? '…'}`;
  if (typeof value !== 'number') return [`${path}: found ${shown(value)}, expected a number from ${words}`];
  const fits = value >= (low ?? -Infinity) && value <= (high ?? Infinity);
  return fits ? [] : [`${path}: found ${value}, expected ${words}`];
}

/** Where two values differ: of an object only what is expected is looked at. */
function differences(found: unknown, expected: unknown, path: string): string[] {
  const where = path === '' ? 'the answer' : path;
  if (isObject(expected) && isObject(found))
    return Object.keys(expected).flatMap((key) => differences(found[key], expected[key], join(path, key)));
  if (Array.isArray(expected) && Array.isArray(found)) {
    if (found.length !== expected.length) return [`${where}: found ${found.length} items, expected ${expected.length}`];
    return expected.flatMap((item, place) => differences(found[place], item, join(path, place)));
  }
  return found === expected ? [] : [`${where}: found ${shown(found)}, expected ${shown(expected)}`];
}

const join = (path: string, step: string | number) => (path === '' ? String(step) : `${path}.${step}`);

/** The part of an answer at a path such as `detail.0.msg`. */
function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (part, step) =>
        typeof part === 'object' && part !== null && Object.hasOwn(part, step)
          ? (part as Record<string, unknown>)[step]
          : undefined,
      value,
    );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const shown = (value: unknown) => (value === undefined ? 'nothing' : shortened(JSON.stringify(value)));
const shortened = (text: string) => (text.length <= 200 ? text : `${text.slice(0, 200)}…`);
