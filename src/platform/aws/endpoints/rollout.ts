import type { DeploymentConfig } from '@aws-sdk/client-sagemaker';
import type { Rollout } from '../../ports/endpoints.js';
import type { Account } from '../account/place.js';
import { mustBeOurs } from '../ownership/ownership.js';
import { tagsOf } from '../ownership/tags.js';

/** What SageMaker may wait and take in all, seconds. */
const [shortest, longest] = [600, 28_800];
/** For machines to come and go, beside the waiting. */
const slack = 3600;

/** SageMaker's guardrails: traffic in steps, each watched, and all taken back when an alarm goes off. */
export function deploymentOf(rollout: Rollout): DeploymentConfig {
  const { strategy, step, waitSeconds: WaitIntervalInSeconds, alarms } = rollout;
  const size = (share: number) => ({ Type: 'CAPACITY_PERCENT' as const, Value: Math.round(share * 100) });
  const routing = {
    'all-at-once': { Type: 'ALL_AT_ONCE' as const, WaitIntervalInSeconds },
    canary: { Type: 'CANARY' as const, WaitIntervalInSeconds, CanarySize: size(step ?? 0.1) },
    linear: { Type: 'LINEAR' as const, WaitIntervalInSeconds, LinearStepSize: size(step ?? 0.25) },
  };
  const steps = { 'all-at-once': 1, canary: 2, linear: Math.ceil(1 / (step ?? 0.25)) }[strategy];
  const inAll = steps * WaitIntervalInSeconds + slack;
  return {
    BlueGreenUpdatePolicy: {
      TrafficRoutingConfiguration: routing[strategy],
      MaximumExecutionTimeoutInSeconds: Math.min(longest, Math.max(shortest, inAll)),
    },
    AutoRollbackConfiguration: { Alarms: alarms.map((AlarmName) => ({ AlarmName })) },
  };
}

/**
 * SageMaker has no call that ends an update under way: only an alarm does. So each that it shifts by itself is watched by
 * one more, which nothing but a person who wants an end sets off. Without figures it stays as it is set.
 */
const brakeOf = (endpoint: string): string => `${endpoint}-release-stop`;

/** Makes the brake of an endpoint, not set off. @returns its name */
export async function armBrake(account: Account, endpoint: string, signal?: AbortSignal): Promise<string> {
  const AlarmName = brakeOf(endpoint);
  await mustBeOurs(account, { kind: 'alarm', name: AlarmName }, { signal });
  const cloudwatch = await account.clients.cloudwatch();
  const request = {
    ...{ AlarmName, AlarmDescription: `Set off by "mlops release stop": takes the release on ${endpoint} back` },
    ...{ Namespace: 'MLOps/Release', MetricName: 'Stop', Dimensions: [{ Name: 'EndpointName', Value: endpoint }] },
    ...{ Statistic: 'Maximum' as const, Period: 60, EvaluationPeriods: 1, Threshold: 0, TreatMissingData: 'ignore' },
    ...{ ComparisonOperator: 'GreaterThanThreshold' as const, Tags: tagsOf(account) },
  };
  await cloudwatch.putMetricAlarm(request, { abortSignal: signal });
  await setBrake(account, endpoint, { StateValue: 'OK', StateReason: 'a release begins' }, signal);
  return AlarmName;
}

/** Sets the brake off; nothing where there is none, as in an update that somebody else began. */
export async function pullBrake(account: Account, endpoint: string, signal?: AbortSignal): Promise<void> {
  if (!(await hasBrake(account, endpoint, signal))) return;
  await setBrake(account, endpoint, { StateValue: 'ALARM', StateReason: 'the release is to be taken back' }, signal);
}

export async function removeBrake(account: Account, endpoint: string, signal?: AbortSignal): Promise<void> {
  if (!(await hasBrake(account, endpoint, signal))) return;
  const AlarmNames = [brakeOf(endpoint)];
  await (await account.clients.cloudwatch()).deleteAlarms({ AlarmNames }, { abortSignal: signal });
}

async function hasBrake({ clients }: Account, endpoint: string, abortSignal?: AbortSignal): Promise<boolean> {
  const AlarmNames = [brakeOf(endpoint)];
  const { MetricAlarms = [] } = await (await clients.cloudwatch()).describeAlarms({ AlarmNames }, { abortSignal });
  return MetricAlarms.length > 0;
}

async function setBrake(
  { clients }: Account,
  endpoint: string,
  state: { StateValue: 'OK' | 'ALARM'; StateReason: string },
  abortSignal?: AbortSignal,
): Promise<void> {
  const cloudwatch = await clients.cloudwatch();
  await cloudwatch.setAlarmState({ AlarmName: brakeOf(endpoint), ...state }, { abortSignal });
}
