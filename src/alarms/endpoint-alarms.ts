import type { AlarmDefinition } from '../project/schema.js';

const service = 'AWS/SageMaker';
const machine = '/aws/sagemaker/Endpoints';

/**
 * The eight alarms of a served model: errors of both kinds, latency of model and overhead, no traffic, and the machine's
 * CPU, memory and disk. Named after the endpoint, on the dimensions that SageMaker's own metrics carry. Latencies are microseconds.
 */
export function endpointAlarms(endpoint: string, variant = 'AllTraffic'): AlarmDefinition[] {
  const dimensions = { EndpointName: endpoint, VariantName: variant };
  const alarm = (name: string, rest: Omit<AlarmDefinition, 'name' | 'dimensions' | 'period'>): AlarmDefinition => ({
    name: `${endpoint}-${name}`,
    dimensions,
    period: 300,
    ...rest,
  });
  const errors = (name: string, metric: string, threshold: number) =>
    alarm(name, {
      ...{ namespace: service, metric, statistic: 'Sum', evaluationPeriods: 1 },
      ...{ operator: '>=', threshold, missing: 'notBreaching', unit: 'Count' },
    });
  const latency = (name: string, metric: string, threshold: number) =>
    alarm(name, {
      ...{ namespace: service, metric, statistic: 'p99', evaluationPeriods: 2 },
      ...{ operator: '>=', threshold, missing: 'missing', unit: 'Microseconds' },
    });
  const utilisation = (metric: string) =>
    alarm(metric, {
      ...{ namespace: machine, metric, statistic: 'Average', evaluationPeriods: 3 },
      ...{ operator: '>=', threshold: 80, missing: 'missing', unit: 'Percent' },
    });
  return [
    errors('Invocation5xxErrors', 'Invocation5XXErrors', 1),
    errors('Invocation4xxErrors', 'Invocation4XXErrors', 5),
    latency('ModelLatencyP99', 'ModelLatency', 2_000_000),
    latency('OverheadLatencyP99', 'OverheadLatency', 500_000),
    alarm('NoInvocations', {
      ...{ namespace: service, metric: 'Invocations', statistic: 'Sum', evaluationPeriods: 3 },
      ...{ operator: '<', threshold: 1, missing: 'breaching', unit: 'Count' },
    }),
    utilisation('CPUUtilization'),
    utilisation('MemoryUtilization'),
    utilisation('DiskUtilization'),
  ];
}
