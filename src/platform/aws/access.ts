import { CancelledError, messageOf } from '../../common/errors.js';
import type { AccessCheck, AccessReader } from '../ports.js';
import { cloudNeeds } from './cloud-needs.js';
import { explorerNeeds } from './explorer-needs.js';
import { causeOf, isDenied, isMissing } from './explain.js';
import type { Identity } from './identity.js';
import { lifecycleReader } from './lifecycle.js';
import { needsOf, policyOf, type Need } from './needs.js';
import type { Account } from './place.js';

type Answer = Pick<AccessCheck, 'allowed' | 'reason'>;
type Probe = (account: Account, options: { abortSignal?: AbortSignal }) => Promise<unknown>;

/**
 * What the user may do here. What only looks is tried out by a harmless call, on names that need not exist; what would
 * change something is asked of IAM's simulator, and stays unknown where that is not allowed.
 */
export function accessReader(account: Account, identity: Identity): AccessReader {
  const { settings, project } = account;
  const place = async (signal?: AbortSignal) => ({
    ...{ settings, project, account: (await identity.ask({ signal })).account },
  });
  return {
    async policy(kind, { signal } = {}) {
      // Who may nothing yet needs the policy most: without an account to ask, it names any.
      const where = await place(signal).catch((error: unknown) => {
        if (signal?.aborted) throw error;
        return { settings, project, account: '*' };
      });
      return policyOf([...needsOf(where), ...cloudNeeds(where), ...explorerNeeds(where)], kind);
    },
    async check({ signal } = {}) {
      const where = await place(signal);
      const all = [...needsOf(where), ...explorerNeeds(where)];
      const [reads, writes] = [all.filter((need) => need.for === 'read'), all.filter((need) => need.for === 'write')];
      const { arn } = await identity.ask({ signal });
      const [tried, simulated] = await Promise.all([
        Promise.all(pairsOf(reads).map((pair) => tryOut(account, pair, signal))),
        simulate(account, arn, pairsOf(writes), signal),
      ]);
      return [...tried, ...simulated];
    },
  };
}

type Pair = Pick<AccessCheck, 'action' | 'resource' | 'for'>;

function pairsOf(needs: readonly Need[]): Pair[] {
  return needs.flatMap(({ actions, resources, for: purpose }) =>
    actions.map((action) => ({ action, resource: resources[0]!, for: purpose })),
  );
}

/** A name that nobody gives: what does not exist may be asked for by whoever may look. */
const nobody = 'mlops-doctor-probe';

const probes: Record<string, Probe> = {
  's3:ListAllMyBuckets': async ({ clients }, options) => (await clients.s3()).listBuckets({ MaxBuckets: 1 }, options),
  's3:ListBucket': async ({ clients, settings }, options) =>
    (await clients.s3()).listObjectsV2({ Bucket: settings.bucket, MaxKeys: 1 }, options),
  's3:GetObject': async ({ clients, settings }, options) =>
    (await clients.s3()).getObject({ Bucket: settings.bucket, Key: nobody }, options),
  'sagemaker:ListEndpoints': async ({ clients }, options) =>
    (await clients.sagemaker()).listEndpoints({ MaxResults: 1 }, options),
  'sagemaker:ListFeatureGroups': async ({ clients }, options) =>
    (await clients.sagemaker()).listFeatureGroups({ MaxResults: 1 }, options),
  'sagemaker:ListModelPackageGroups': async ({ clients }, options) =>
    (await clients.sagemaker()).listModelPackageGroups({ MaxResults: 1 }, options),
  'sagemaker:DescribeEndpoint': async ({ clients, project }, options) =>
    (await clients.sagemaker()).describeEndpoint({ EndpointName: project.file.endpoint.name }, options),
  'sagemaker:DescribeEndpointConfig': async ({ clients }, options) =>
    (await clients.sagemaker()).describeEndpointConfig({ EndpointConfigName: nobody }, options),
  'sagemaker:DescribeModel': async ({ clients }, options) =>
    (await clients.sagemaker()).describeModel({ ModelName: nobody }, options),
  'sagemaker:DescribeFeatureGroup': async ({ clients }, options) =>
    (await clients.sagemaker()).describeFeatureGroup({ FeatureGroupName: nobody }, options),
  'sagemaker:DescribeModelPackageGroup': async ({ clients, project }, options) =>
    (await clients.sagemaker()).describeModelPackageGroup({ ModelPackageGroupName: project.file.name }, options),
  'sagemaker:ListModelPackages': async ({ clients, project }, options) =>
    (await clients.sagemaker()).listModelPackages({ ModelPackageGroupName: project.file.name, MaxResults: 1 }, options),
  'sagemaker:ListMonitoringSchedules': async ({ clients }, options) =>
    (await clients.sagemaker()).listMonitoringSchedules({ MaxResults: 1 }, options),
  'sagemaker:DescribeMonitoringSchedule': async ({ clients }, options) =>
    (await clients.sagemaker()).describeMonitoringSchedule({ MonitoringScheduleName: nobody }, options),
  's3:GetLifecycleConfiguration': (account, { abortSignal: signal }) => lifecycleReader(account).read({ signal }),
  'cloudwatch:DescribeAlarms': async ({ clients }, options) =>
    (await clients.cloudwatch()).describeAlarms({ MaxRecords: 1 }, options),
  'cloudwatch:DescribeAlarmHistory': async ({ clients }, options) =>
    (await clients.cloudwatch()).describeAlarmHistory({ MaxRecords: 1 }, options),
  'cloudwatch:GetMetricData': async ({ clients }, options) => {
    const Metric = { Namespace: 'AWS/SageMaker', MetricName: 'Invocations' };
    const EndTime = new Date();
    const StartTime = new Date(EndTime.getTime() - 60_000);
    const MetricDataQueries = [{ Id: 'm', MetricStat: { Metric, Period: 60, Stat: 'Sum' } }];
    return (await clients.cloudwatch()).getMetricData({ StartTime, EndTime, MetricDataQueries }, options);
  },
  'logs:DescribeLogStreams': async ({ clients, project }, options) => {
    const logGroupName = `/aws/sagemaker/Endpoints/${project.file.endpoint.name}`;
    return (await clients.logs()).describeLogStreams({ logGroupName, limit: 1 }, options);
  },
  'logs:GetLogEvents': async ({ clients, project }, options) => {
    const logGroupName = `/aws/sagemaker/Endpoints/${project.file.endpoint.name}`;
    return (await clients.logs()).getLogEvents({ logGroupName, logStreamName: nobody, limit: 1 }, options);
  },
};

async function tryOut(account: Account, pair: Pair, signal?: AbortSignal): Promise<AccessCheck> {
  const probe = probes[pair.action];
  if (probe === undefined) return { ...pair, allowed: null, reason: 'trying it out would cost something' };
  if (pair.action.startsWith('s3:') && pair.action !== 's3:ListAllMyBuckets' && account.settings.bucket === undefined)
    return { ...pair, allowed: null, reason: 'the environment names no bucket' };
  return { ...pair, ...(await answerOf(() => probe(account, { abortSignal: signal }))) };
}

async function answerOf(call: () => Promise<unknown>): Promise<Answer> {
  try {
    await call();
    return { allowed: true };
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    if (isMissing(error)) return { allowed: true };
    if (isDenied(causeOf(error))) return { allowed: false };
    return { allowed: null, reason: messageOf(error) };
  }
}

/** IAM's own answer for each action on its resource; all unknown where the simulator may not be asked. */
async function simulate(account: Account, arn: string, pairs: Pair[], signal?: AbortSignal): Promise<AccessCheck[]> {
  const source = sourceOf(arn);
  const ask = async ({ action, resource }: Pair): Promise<Answer> => {
    const iam = await account.clients.iam();
    const request = { PolicySourceArn: source, ActionNames: [action], ResourceArns: [resource] };
    const { EvaluationResults = [] } = await iam.simulatePrincipalPolicy(request, { abortSignal: signal });
    return { allowed: EvaluationResults[0]?.EvalDecision === 'allowed' };
  };
  const first = pairs[0];
  if (first === undefined) return [];
  try {
    await ask(first);
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    const reason = isDenied(causeOf(error))
      ? 'only trying would tell; with iam:SimulatePrincipalPolicy IAM could be asked'
      : messageOf(error);
    return pairs.map((pair) => ({ ...pair, allowed: null, reason }));
  }
  return Promise.all(
    pairs.map(async (pair) => {
      const failed = (error: unknown): Answer => ({ allowed: null, reason: messageOf(error) });
      return { ...pair, ...(await ask(pair).catch(failed)) };
    }),
  );
}

/** The simulator takes users and roles, not a role's session. */
function sourceOf(arn: string): string {
  const session = /^arn:([^:]+):sts::(\d+):assumed-role\/([^/]+)\//.exec(arn);
  return session ? `arn:${session[1]}:iam::${session[2]}:role/${session[3]}` : arn;
}
