import type { ProjectFile } from './schema.js';

/** An endpoint of the project, by the key that `mlops.json` names it with; "endpoint" alone has none. */
export type NamedEndpoint = ProjectFile['endpoint'] & { key?: string };

/** Every endpoint that the project names, first the one that `deploy` serves. */
export function endpointsOf({ name: project, endpoint, endpoints, release }: ProjectFile): NamedEndpoint[] {
  if (endpoints === undefined) return [endpoint];
  const all = Object.entries(endpoints).map(([key, one]) => ({ ...one, key, name: one.name ?? `${project}-${key}` }));
  const first = all.find(({ key }) => key === release?.from) ?? all[0];
  return first === undefined ? [endpoint] : [first, ...all.filter((one) => one !== first)];
}

/** The endpoint of this name; the one that `deploy` serves where the project names no such. */
export function endpointNamed(file: ProjectFile, name: string): NamedEndpoint {
  const all = endpointsOf(file);
  return all.find((one) => one.name === name) ?? all[0]!;
}

/** Where a version proves itself, if anywhere, and where a release leads. */
export function releaseWay(file: ProjectFile): { from?: NamedEndpoint; to: NamedEndpoint } {
  const all = endpointsOf(file);
  const by = (key: string | undefined) => (key === undefined ? undefined : all.find((one) => one.key === key));
  const from = by(file.release?.from);
  return { ...(from && { from }), to: by(file.release?.to) ?? all[0]! };
}

/** The file with its "endpoint" filled in where it names several: everybody else works with the one that is deployed to. */
export function withEndpoint(file: ProjectFile): ProjectFile {
  if (file.endpoints === undefined) return file;
  const [{ name, capture, instance }] = endpointsOf(file) as [NamedEndpoint];
  return { ...file, endpoint: { name, capture, instance } };
}
