import { setName, type EndpointSetName } from '../project/alarms/endpoint-set.js';
import type { AlarmDefinition } from '../project/schema.js';

const service = 'AWS/SageMaker';
const machine = '/aws/sagemaker/Endpoints';

/**
 * The eight alarms of a served model: errors of both kinds, latency of model and overhead, no traffic, and the machine's
 * CPU, memory and disk. Named after the endpoint, on the dimensions that SageMaker's own metrics carry. Latencies are microseconds.
 */
export function endpointAlarms(endpoint: string, variant = 'AllTraffic'): AlarmDefinition[] {
  const dimensions = { EndpointName: endpoint, VariantName: variant };
  return shapes.map(({ name, ...shape }) => ({ name: setName(endpoint, name), dimensions, period: 300, ...shape }));
}

type Shape = Omit<AlarmDefinition, 'dimensions' | 'period' | 'name'> & { name: EndpointSetName };

const failures = {
  namespace: service,
  statistic: 'Sum',
  evaluationPeriods: 1,
  operator: '>=',
  missing: 'notBreaching',
  unit: 'Count',
} as const;
const latency = {
  namespace: service,
  statistic: 'p99',
  evaluationPeriods: 2,
  operator: '>=',
  missing: 'missing',
  unit: 'Microseconds',
} as const;
const utilisation = {
  namespace: machine,
  statistic: 'Average',
  evaluationPeriods: 3,
  operator: '>=',
  threshold: 80,
  missing: 'missing',
  unit: 'Percent',
} as const;

const shapes: readonly Shape[] = [
  { name: 'Invocation5xxErrors', metric: 'Invocation5XXErrors', threshold: 1, ...failures },
  { name: 'Invocation4xxErrors', metric: 'Invocation4XXErrors', threshold: 5, ...failures },
  { name: 'ModelLatencyP99', metric: 'ModelLatency', threshold: 2_000_000, ...latency },
  { name: 'OverheadLatencyP99', metric: 'OverheadLatency', threshold: 500_000, ...latency },
  {
    name: 'NoInvocations',
    namespace: service,
    metric: 'Invocations',
    statistic: 'Sum',
    evaluationPeriods: 3,
    operator: '<',
    threshold: 1,
    missing: 'breaching',
    unit: 'Count',
  },
  { name: 'CPUUtilization', metric: 'CPUUtilization', ...utilisation },
  { name: 'MemoryUtilization', metric: 'MemoryUtilization', ...utilisation },
  { name: 'DiskUtilization', metric: 'DiskUtilization', ...utilisation },
];
