import type { Access } from '../access.js';
import { RequestError } from '../request-error.js';
import type { OpenedApi } from './api-service.js';

/**
 * Lets pages of the origins that an api names call its paths, and no others: those of the service itself as before.
 * @param isOpen where the service answers under any name, as in a container: then its own pages are those of that name
 */
export function namedOrigins(access: Access, api: () => OpenedApi | undefined, isOpen: boolean): Access {
  return {
    ...access,
    place(asked) {
      const opened = api();
      const { origin, host } = asked.headers;
      if (opened === undefined || origin === undefined) return access.place(asked);
      if (opened.api.cors.includes(origin) && isItsPath(opened, asked.path))
        return access.place({ ...asked, headers: { ...asked.headers, origin: undefined } });
      if (isOpen && hostOf(origin) !== host) throw new RequestError(403, `Origin ${origin} is not allowed`);
      access.place(asked);
    },
  };
}

const ownPaths = ['/docs', '/openapi.json', '/health', '/auth/login', '/auth/refresh', '/auth/logout'];

function isItsPath({ routes }: OpenedApi, path: string): boolean {
  return ownPaths.includes(path) || routes.some((route) => route.path === path);
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
