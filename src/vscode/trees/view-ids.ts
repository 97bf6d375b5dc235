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
