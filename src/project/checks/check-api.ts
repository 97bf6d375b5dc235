import { routeKind, type Api, type ApiField } from '../parts/api-schema.js';
import type { Note } from './problem.js';

/** Paths that the service itself answers. */
const taken = ['/ping', '/health', '/metrics', '/docs', '/openapi.json', '/auth', '/admin', '/endpoints'];

/** Each route does something, at a path that is free; ranges hold something; names stand for one field each. */
export function checkApi({ routes }: Api, note: Note): void {
  const paths = Object.keys(routes);
  if (paths.length === 0) note(['routes'], 'found no route, expected at least one: { "/predict": {} }');
  const feedbacks = paths.filter((path) => routeKind(path, routes[path]!) === 'feedback');
  for (const path of feedbacks.slice(1)) note(['routes', path], 'found a second route for feedback, expected one');
  for (const path of paths) {
    const route = routes[path]!;
    const noteOf: Note = (inner, ...rest) => note(['routes', path, ...inner], ...rest);
    const first = `/${path.split('/')[1]}`;
    if (taken.includes(first)) noteOf([], `found a path that the service itself answers (${first}), expected another`);
    const kind = routeKind(path, route);
    if (kind === undefined)
      noteOf(
        [],
        'found a path whose name does not tell what it does, expected "does": predict, batch-predict, feedback or model-info',
      );
    if (path === '/invocations' && kind !== 'batch-predict')
      noteOf(['does'], `found "${kind}", expected batch-predict: SageMaker sends rows there`);
    for (const part of ['input', 'extra'] as const)
      for (const [name, field] of Object.entries(route[part] ?? {}))
        checkField(field, (inner, ...rest) => noteOf([part, name, ...inner], ...rest));
    checkNames(route.input ?? {}, noteOf);
  }
}

function checkField({ type, min, max, values, length }: ApiField, note: Note): void {
  if (min !== undefined && max !== undefined && min > max)
    note(['min'], `found ${min}, expected at most the max of ${max}`);
  const isText = type === 'text' || type === 'boolean';
  for (const [key, limit] of Object.entries({ min, max }))
    if (limit !== undefined && isText) note([key], `found a limit of a number beside "type": "${type}", expected none`);
  if (length !== undefined && type !== undefined && type !== 'text')
    note(['length'], `found a limit of a text beside "type": "${type}", expected none`);
  if (values !== undefined && new Set(values).size < values.length)
    note(['values'], 'found a value twice, expected each once');
}

function checkNames(input: Record<string, ApiField>, note: Note): void {
  const seen = new Set(Object.keys(input));
  for (const [name, { alias = [] }] of Object.entries(input))
    alias.forEach((other, at) => {
      if (name.includes('*'))
        note(['input', name, 'alias'], 'found other names for a pattern, expected them for one column');
      else if (seen.has(other))
        note(['input', name, 'alias', at], `found "${other}", which is a name already, expected another`);
      seen.add(other);
    });
}
