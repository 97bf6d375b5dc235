import { routeKind } from '../../project/parts/api-schema.js';
import type { ProjectFile } from '../../project/schema.js';
import type { ExportedFile } from '../exported-file.js';

/** The user of the image's processes, who owns nothing in it. */
export const imageUser = 10_001;
/** Where the image answers. */
export const imagePort = 8080;

/** A project whose model is served from the container image, and its `mlops.json` as it is written. */
export interface Served {
  file: ProjectFile;
  source: string;
}

/** How an export ends: its files, and what stands in the way of their being used as they are. */
export interface Delivery {
  files: ExportedFile[];
  left: { name: string; why: string }[];
}

/** Whether the container is given the project's own routes: without a word on who may call, it would keep them closed. */
export const hasApi = ({ api }: ProjectFile): boolean => api?.auth !== undefined;

/** Whether callers sign in. */
export const signsIn = ({ api }: ProjectFile): boolean => api?.auth?.kind === 'jwt';

/** What of the project's api is kept in the memory of one process, so that a second one would know nothing of it. */
export function keptInMemory(file: ProjectFile): string[] {
  const { api } = file;
  if (api === undefined || !hasApi(file)) return [];
  const { limits, routes } = api;
  return [
    ...(limits.requests === undefined ? [] : ['how often each caller asked ("limits")']),
    ...(signsIn(file) ? ['who is signed in ("auth")'] : []),
    ...(Object.entries(routes).some(([path, route]) => routeKind(path, route) === 'feedback')
      ? ['predictions that wait for their labels (feedback)']
      : []),
  ];
}

/** Why routes of the project are not among those served. */
export function closedRoutes(file: ProjectFile): Delivery['left'] {
  if (file.api === undefined || hasApi(file)) return [];
  return Object.keys(file.api.routes).map((name) => ({
    name,
    why: 'mlops.json does not say who may call it outside of this machine: "api": { "auth": { "kind": "jwt" } }, or "none"',
  }));
}

/** A name as platforms take it: small letters, digits and dashes, at most 50. */
export function platformName(name: string): string {
  return name.toLowerCase().replaceAll('_', '-').slice(0, 50).replace(/-+$/, '');
}
