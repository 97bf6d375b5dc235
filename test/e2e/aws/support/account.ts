/** The double of the account, as tests in VS Code's extension host see it. */
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { fillAws } from '../../../doubles/aws/fill.js';
import { ask } from '../../support/bridge.js';
import type { ToldFault } from './host.js';
import { places } from './places.js';

interface Call {
  operation: string;
  mutating: boolean;
  signed: string;
}

export const endpointUrl = process.env.MLOPS_E2E_AWS ?? '';
export const home = process.env.HOME ?? '';

/** Every request of the window and its runs since the last `forget`. */
export const calls = (): Promise<Call[]> => ask('awsCalls');
export const forget = (): Promise<void> => ask('awsForget');

/** The operations that would have changed something, counted at the server. */
export const mutating = async (): Promise<string[]> =>
  (await calls()).filter((call) => call.mutating).map(({ operation }) => operation);

export const fault = (what: ToldFault): Promise<void> => ask('awsFault', what);
/** Resolves when a call has met the last fault. */
export const faultMet = (): Promise<void> => ask('awsFaultMet');
export const clearFaults = (): Promise<void> => ask('awsClearFaults');

/** Jobs that the platform has run, oldest first. */
export const jobs = (): Promise<{ kind: string; name: string; status: string }[]> => ask('awsJobs');

/** Resolves when every execution of a pipeline has ended. */
export const settled = (): Promise<void> => ask('awsSettled');

/** The services' own interfaces, for what somebody else would do in the account. */
export const { clients } = fillAws(endpointUrl, places.bucket);

/** Makes an alarm in a region, as somebody else would. */
export async function makeAlarm(region: string, AlarmName: string): Promise<void> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  await new CloudWatch({ region, endpoint: endpointUrl, credentials }).putMetricAlarm({
    ...{ AlarmName, Namespace: 'N', MetricName: 'M', Statistic: 'Sum', Period: 60, EvaluationPeriods: 1 },
    ...{ ComparisonOperator: 'GreaterThanThreshold', Threshold: 1 },
  });
}
