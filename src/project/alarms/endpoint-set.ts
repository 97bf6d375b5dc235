/** The eight alarms of a served model, by what their names end in: `ENDPOINT-NoInvocations`. */
export const endpointSet = [
  'Invocation5xxErrors',
  'Invocation4xxErrors',
  'ModelLatencyP99',
  'OverheadLatencyP99',
  'NoInvocations',
  'CPUUtilization',
  'MemoryUtilization',
  'DiskUtilization',
] as const;
export type EndpointSetName = (typeof endpointSet)[number];

export const setName = (endpoint: string, of: EndpointSetName): string => `${endpoint}-${of}`;
