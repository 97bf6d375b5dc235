import { secondsOf } from '../project/duration.js';
import type { AlarmDefinition, ProjectFile } from '../project/schema.js';

/** Where the results of the requests of "checks" are counted, by endpoint. */
export const checksNamespace = 'MLOps/Checks';
export const checkFailures = 'CheckFailures';

/**
 * The alarm of a project that has its endpoint checked: any failure, and no check at all, for then nobody watches. It looks
 * at twice the time between two checks, so that one of them is always in it.
 */
export function checksAlarm({ checks, endpoint }: ProjectFile): AlarmDefinition[] {
  if (checks === undefined) return [];
  return [
    {
      name: `${endpoint.name}-${checkFailures}`,
      ...{ namespace: checksNamespace, metric: checkFailures, dimensions: { EndpointName: endpoint.name } },
      ...{ statistic: 'Sum', period: 60 * Math.ceil((2 * secondsOf(checks.every)) / 60), evaluationPeriods: 1 },
      ...{ operator: '>', threshold: 0, missing: 'breaching', unit: 'Count' },
    },
  ];
}
