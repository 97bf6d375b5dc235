import type { AlarmDefinition, BandAlarm, ExpressionAlarm, ProjectAlarm } from '../project/alarms/alarm-schema.js';
import type {
  AskedAlarm,
  ShortAlarm,
  ShortBand,
  ShortExpression,
  ShortMetric,
} from '../project/alarms/asked-schema.js';
import { secondsOf } from '../project/duration.js';
import { endpointsOf, releaseWay } from '../project/endpoints.js';
import { readBareRule } from '../project/rules/live-rule.js';
import type { ProjectFile } from '../project/schema.js';
import { checksAlarm } from './checks-alarm.js';
import { endpointAlarms } from './endpoint-alarms.js';

/** An alarm that a project asks for, and the names of what is done when it changes. */
export interface AskedFor {
  alarm: ProjectAlarm;
  then: string[];
}

/** The alarms that `mlops.json` asks for: what it says in short, and sets of alarms, become what CloudWatch would be told. */
export function askedAlarms(file: ProjectFile): AskedFor[] {
  const asked = listedAlarms(file);
  const checks = checksAlarm(file).filter(({ name }) => asked.every(({ alarm }) => alarm.name !== name));
  return [...asked, ...checks.map((alarm) => ({ alarm, then: [] }))];
}

function listedAlarms(file: ProjectFile): AskedFor[] {
  // The word alone is about what deploy serves; whoever means another says so in a list.
  if (file.alarms === 'endpoint')
    return endpointAlarms(file.endpoint.name, 'AllTraffic').map((alarm) => ({ alarm, then: [] }));
  return file.alarms.flatMap(({ then = [], ...one }) => inFull(one, file).map((alarm) => ({ alarm, then })));
}

function inFull(asked: AskedAlarm, file: ProjectFile): ProjectAlarm[] {
  if ('set' in asked) return endpointAlarms(endpointOf(asked, file), 'AllTraffic');
  if ('of' in asked) return [fromShort(asked, file)];
  return [asked];
}

function fromShort(asked: ShortAlarm | ShortExpression | ShortBand, file: ProjectFile): ProjectAlarm {
  const { name, missing } = asked;
  const [m, n] = asked.of.split('/').map(Number) as [number, number];
  const judged = { period: secondsOf(asked.period), evaluationPeriods: n, datapointsToAlarm: m, missing };
  const metricOf = (short: ShortMetric) => fullMetric(short, asked, file);
  if ('band' in asked) {
    const { band, side: operator } = asked;
    return { name, ...metricOf(asked), ...judged, operator, band } satisfies BandAlarm;
  }
  const limit = limitOf(asked.rule);
  if (!('expression' in asked)) return { name, ...metricOf(asked), ...judged, ...limit } satisfies AlarmDefinition;
  const entries = Object.entries(asked.metrics);
  const metrics = entries.map(([id, one]) => [id, metricOf(typeof one === 'string' ? { metric: one } : one)] as const);
  const { expression } = asked;
  return { name, expression, metrics: Object.fromEntries(metrics), ...judged, ...limit } satisfies ExpressionAlarm;
}

/** The project's file was checked: the rule can be read, and is one that CloudWatch has. */
function limitOf(rule: string): Pick<AlarmDefinition, 'operator' | 'threshold'> {
  const read = readBareRule(rule);
  if ('problem' in read) throw new Error(`the rule ${rule} was not checked`);
  return { operator: read.operator as AlarmDefinition['operator'], threshold: read.value };
}

const service = 'AWS/SageMaker';
const machine = '/aws/sagemaker/Endpoints';

function fullMetric(
  { metric, namespace = usualNamespace(metric), dimensions, statistic = usualStatistic(metric), unit }: ShortMetric,
  at: { endpoint?: string; variant?: string },
  file: ProjectFile,
) {
  const served: Record<string, string> = { EndpointName: endpointOf(at, file) };
  if ([service, machine].includes(namespace)) served.VariantName = at.variant ?? 'AllTraffic';
  return { namespace, metric, dimensions: dimensions ?? served, statistic, ...(unit !== undefined && { unit }) };
}

const usualNamespace = (metric: string): string => (metric.endsWith('Utilization') ? machine : service);
const usualStatistic = (metric: string): string => (/^Invocations$|Errors$/.test(metric) ? 'Sum' : 'Average');

function endpointOf({ endpoint }: { endpoint?: string }, file: ProjectFile): string {
  const named = endpointsOf(file).find(({ key }) => key !== undefined && key === endpoint);
  return (named ?? releaseWay(file).to).name;
}
