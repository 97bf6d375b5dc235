import type { DescribeProcessingJobResponse, DescribeTrainingJobResponse } from '@aws-sdk/client-sagemaker';
import type { ProcessingInstanceType, TrainingInstanceType } from '@aws-sdk/client-sagemaker';
import { RefusedError } from '../../../common/errors.js';
import { everyItem, type Page } from '../../ports/pages.js';
import type { JobInfo, JobKind, JobReader, JobSpec, JobWriter } from '../../ports/jobs.js';
import { clusterOf, networkOf } from '../../../project/job-machine.js';
import { isMissing } from '../account/explain.js';
import { jobLogs } from './job-logs.js';
import { bucketOf } from '../storage/objects.js';
import { isOurs, mustBeOurs } from '../ownership/ownership.js';
import type { Account } from '../account/place.js';
import { tagsOf } from '../ownership/tags.js';

/** The longest that a stage may take. */
const longestSeconds = 24 * 3600;

/** SageMaker's processing and training jobs. */
export function jobReader(account: Account): JobReader {
  const { clients } = account;
  return {
    async running(kind, prefix, { signal } = {}) {
      const names: string[] = [];
      const all: { name?: string; arn?: string }[] = [];
      // One that was asked to stop may write for two minutes more.
      for (const StatusEquals of ['InProgress', 'Stopping'] as const) {
        const which = { NameContains: prefix, StatusEquals };
        const pages = everyItem(({ token }) => pageOfRunning(account, kind, { ...which, NextToken: token }, signal));
        for await (const job of pages) all.push(job);
      }
      // Another project's name may begin like this one's, and its other environments have jobs of the same names.
      for (const { name = '', arn = '' } of all)
        if (name.startsWith(prefix) && (await isOurs(account, { arn }, signal))) names.push(name);
      return names;
    },
    async describe(kind, name, { signal } = {}) {
      const sagemaker = await clients.sagemaker();
      try {
        if (kind === 'training')
          return infoOfTraining(
            await sagemaker.describeTrainingJob({ TrainingJobName: name }, { abortSignal: signal }),
          );
        const request = { ProcessingJobName: name };
        return infoOfProcessing(await sagemaker.describeProcessingJob(request, { abortSignal: signal }));
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    logs: (kind, name, options) => jobLogs(account, kind, name, options),
  };
}

async function pageOfRunning(
  { clients }: Account,
  kind: JobKind,
  which: { NameContains: string; StatusEquals: 'InProgress' | 'Stopping'; NextToken: string | undefined },
  abortSignal?: AbortSignal,
): Promise<Page<{ name?: string; arn?: string }>> {
  const sagemaker = await clients.sagemaker();
  const request = { ...which, MaxResults: 100 };
  if (kind === 'training') {
    const page = await sagemaker.listTrainingJobs(request, { abortSignal });
    const jobs = page.TrainingJobSummaries ?? [];
    return { items: jobs.map((one) => ({ name: one.TrainingJobName, arn: one.TrainingJobArn })), next: page.NextToken };
  }
  const page = await sagemaker.listProcessingJobs(request, { abortSignal });
  const jobs = page.ProcessingJobSummaries ?? [];
  return {
    items: jobs.map((one) => ({ name: one.ProcessingJobName, arn: one.ProcessingJobArn })),
    next: page.NextToken,
  };
}

export function jobWriter(account: Account): JobWriter {
  const { clients } = account;
  return {
    async start(spec, { signal } = {}) {
      const sagemaker = await clients.sagemaker();
      if (spec.kind === 'training')
        await sagemaker.createTrainingJob(trainingOf(account, spec), { abortSignal: signal });
      else await sagemaker.createProcessingJob(processingOf(account, spec), { abortSignal: signal });
    },
    async stop(kind, name, { signal } = {}) {
      await mustBeOurs(account, { kind: `${kind}-job`, name }, { ends: true, signal });
      const sagemaker = await clients.sagemaker();
      try {
        if (kind === 'training') await sagemaker.stopTrainingJob({ TrainingJobName: name }, { abortSignal: signal });
        else await sagemaker.stopProcessingJob({ ProcessingJobName: name }, { abortSignal: signal });
      } catch (error) {
        if (error instanceof RefusedError || !(await isEnding(account, kind, name))) throw error;
      }
    },
  };
}

/** A job that ended meanwhile, or is stopping already, cannot be stopped, which is no failure. */
async function isEnding(account: Account, kind: JobKind, name: string): Promise<boolean> {
  const found = await jobReader(account).describe(kind, name);
  return found?.status !== 'InProgress';
}

function infoOfProcessing(found: DescribeProcessingJobResponse): JobInfo {
  const { ProcessingJobName: name = '', ProcessingJobStatus, ExitMessage, FailureReason } = found;
  // What the container said of itself says more than how it ended.
  return {
    kind: 'processing',
    name,
    status: ProcessingJobStatus ?? 'InProgress',
    reason: ExitMessage ?? FailureReason,
  };
}

function infoOfTraining(found: DescribeTrainingJobResponse): JobInfo {
  const { TrainingJobName: name = '', TrainingJobStatus, FailureReason, SecondaryStatus } = found;
  const status = knownStatus(TrainingJobStatus);
  return { kind: 'training', name, status, reason: FailureReason, phase: SecondaryStatus };
}

function knownStatus(status: string | undefined): JobInfo['status'] {
  const known = ['Completed', 'Failed', 'Stopping', 'Stopped'] as const;
  return known.find((one) => one === status) ?? 'InProgress';
}

function uriOf(account: Account, prefix: string): string {
  return `s3://${bucketOf(account)}/${prefix}`;
}

function processingOf(account: Account, spec: JobSpec) {
  return {
    ProcessingJobName: spec.name,
    RoleArn: spec.role,
    AppSpecification: {
      ImageUri: spec.image,
      ContainerEntrypoint: ['mlops'],
      ContainerArguments: spec.command,
    },
    ProcessingResources: {
      ClusterConfig: {
        ...clusterOf(spec.machine, spec.instances),
        InstanceType: spec.machine.instance as ProcessingInstanceType,
      },
    },
    NetworkConfig: networkOf(spec.machine),
    ProcessingInputs: [
      {
        InputName: 'project',
        S3Input: {
          S3Uri: uriOf(account, spec.project),
          LocalPath: '/opt/ml/processing/input/project',
          S3DataType: 'S3Prefix' as const,
          S3InputMode: 'File' as const,
          S3DataDistributionType: 'FullyReplicated' as const,
        },
      },
    ],
    Environment: spec.variables,
    StoppingCondition: { MaxRuntimeInSeconds: longestSeconds },
    Tags: tagsOf(account),
  };
}

function trainingOf(account: Account, spec: JobSpec) {
  return {
    TrainingJobName: spec.name,
    RoleArn: spec.role,
    AlgorithmSpecification: {
      TrainingImage: spec.image,
      TrainingInputMode: 'File' as const,
      ContainerEntrypoint: ['mlops'],
      ContainerArguments: spec.command,
    },
    ResourceConfig: {
      ...clusterOf(spec.machine, spec.instances),
      InstanceType: spec.machine.instance as TrainingInstanceType,
    },
    ...networkOf(spec.machine),
    InputDataConfig: [
      {
        ChannelName: 'project',
        DataSource: {
          S3DataSource: {
            S3DataType: 'S3Prefix' as const,
            S3Uri: uriOf(account, spec.project),
            S3DataDistributionType: 'FullyReplicated' as const,
          },
        },
      },
    ],
    OutputDataConfig: { S3OutputPath: uriOf(account, spec.output), KmsKeyId: spec.machine.kmsKey },
    Environment: spec.variables,
    StoppingCondition: { MaxRuntimeInSeconds: longestSeconds },
    Tags: tagsOf(account),
  };
}
