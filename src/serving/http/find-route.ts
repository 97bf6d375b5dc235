import { badRequest } from '../request-error.js';
import type { Route } from './route.js';

export interface FoundRoute {
  route: Route;
  params: Record<string, string>;
}

const none = {};

/**
 * Finds the route of a request, HEAD as GET. Paths are compared as they were sent: one that is written in another way
 * (`/a/../ping`) is another path, and what `:name` stands for is decoded once, after it was cut at the slashes.
 * @throws RequestError (400) for a name that cannot be decoded
 */
export function routeFinder(routes: readonly Route[]): (method: string, path: string) => FoundRoute | undefined {
  const fixed = new Map<string, FoundRoute>();
  const named = routes
    .filter(({ path }) => path.includes('/:'))
    .map((route) => ({ route, parts: route.path.split('/') }));
  for (const route of routes)
    if (!route.path.includes('/:')) fixed.set(`${route.method} ${route.path}`, { route, params: none });
  return (asked, path) => {
    const method = asked === 'HEAD' ? 'GET' : asked;
    const found = fixed.get(`${method} ${path}`);
    if (found !== undefined) return found;
    const parts = path.split('/');
    const fits = named.findLast(
      (one) =>
        one.route.method === method &&
        one.parts.length === parts.length &&
        one.parts.every((part, at) => (part.startsWith(':') ? parts[at] !== '' : part === parts[at])),
    );
    return fits && { route: fits.route, params: paramsOf(fits.parts, parts) };
  };
}

function paramsOf(names: string[], parts: string[]): Record<string, string> {
  const pairs = names.flatMap((name, at) => (name.startsWith(':') ? [[name.slice(1), decoded(parts[at]!)]] : []));
  return Object.fromEntries(pairs) as Record<string, string>;
}

function decoded(part: string): string {
  if (!part.includes('%')) return part;
  try {
    return decodeURIComponent(part);
  } catch {
    throw badRequest('found a path that cannot be decoded');
  }
}
