/** The views of the sidebar, from top to bottom. */
export const viewIds = [
  'mlops.pipeline',
  'mlops.endpoints',
  'mlops.alarms',
  'mlops.featureGroups',
  'mlops.buckets',
  'mlops.models',
] as const;
export type ViewId = (typeof viewIds)[number];

type NameIn<Id> = Id extends `mlops.${infer Name}` ? Name : never;
/** `mlops.refreshEndpoints`: each view has its own. */
export type RefreshId = `mlops.refresh${Capitalize<NameIn<ViewId>>}`;

/** Something for every refresh command, made from the view that it refreshes. */
export function byRefresh<T>(of: (id: ViewId) => T): Record<RefreshId, T> {
  return Object.fromEntries(viewIds.map((id) => [refreshIdOf(id), of(id)])) as Record<RefreshId, T>;
}

export function refreshIdOf(id: ViewId): RefreshId {
  const name = id.slice('mlops.'.length);
  return `mlops.refresh${name.charAt(0).toUpperCase()}${name.slice(1)}` as RefreshId;
}
