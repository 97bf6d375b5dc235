import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { removeContainer, runContainer, type Container, type PlatformStore } from './containers.js';
import { done, refusal, type Answer, type Json } from './own/part.js';

type Kind = 'Processing' | 'Training';
interface Job {
  kind: Kind;
  name: string;
  request: Json;
  status: string;
  reason?: string;
  message?: string;
  containers: Container[];
  ended: Promise<void>;
}
interface Line {
  group: string;
  stream: string;
  message: string;
  timestamp: number;
  eventId: string;
}

export interface Jobs {
  answers: Record<string, (body: Json) => Answer | undefined>;
  /** Starts a processing job as a request does, for a pipeline's step. */
  process(name: string, request: Json): Job;
  all(): Job[];
  stop(): Promise<void>;
}

/** Processing and training jobs that really run: each instance is a local process with SageMaker's files around it. */
export function jobsDouble(store: PlatformStore): Jobs {
  const jobs = new Map<string, Job>();
  const lines: Line[] = [];

  const start = (kind: Kind, name: string, request: Json): Job => {
    const job: Job = { kind, name, request, status: 'InProgress', containers: [], ended: Promise.resolve() };
    jobs.set(`${kind} ${name}`, job);
    job.ended = run(job).catch((error: unknown) => {
      job.status = 'Failed';
      job.reason = `InternalServerError: ${String(error)}`;
    });
    return job;
  };

  async function run(job: Job): Promise<void> {
    const specs = job.kind === 'Processing' ? processingOf(job.request) : trainingOf(job.request);
    const hosts = Array.from({ length: specs.count }, (_, index) => `algo-${index + 1}`);
    for (const host of hosts)
      job.containers.push(
        await runContainer({
          ...specs,
          environment: { ...specs.environment, TRAINING_JOB_NAME: job.name },
          async prepare(path) {
            const config = job.kind === 'Processing' ? '/opt/ml/config' : '/opt/ml/input/config';
            put(path(`${config}/resourceconfig.json`), { current_host: host, hosts });
            for (const [name, value] of Object.entries(specs.config)) put(path(`${config}/${name}`), value);
            if (job.kind === 'Processing')
              put(path(`${config}/processingjobconfig.json`), { ProcessingJobName: job.name, ...job.request });
            for (const { uri, to } of specs.inputs) await store.download(uri, path(to));
          },
          onLine: (message) =>
            lines.push({
              group: `/aws/sagemaker/${job.kind}Jobs`,
              stream: `${job.name}/${host}-1`,
              message,
              timestamp: Date.now(),
              eventId: String(lines.length),
            }),
        }),
      );
    const codes = await Promise.all(job.containers.map(({ ended }) => ended));
    const [first] = job.containers;
    job.message = read(job.containers, '/opt/ml/output/message');
    if (job.status === 'Stopping') job.status = 'Stopped';
    else if (codes.some((code) => code !== 0)) {
      job.reason = `AlgorithmError: ${read(job.containers, '/opt/ml/output/failure') ?? ''}, exit code: ${codes.find((code) => code !== 0)}`;
      job.status = 'Failed';
    } else {
      for (const { from, uri } of specs.outputs) await store.upload(first!.path(from), uri);
      job.status = 'Completed';
    }
  }

  const find = (kind: Kind, body: Json) => jobs.get(`${kind} ${String(body[`${kind}JobName`])}`);
  const describe = (kind: Kind) => (body: Json) => {
    const job = find(kind, body);
    if (job === undefined) return refusal('ValidationException', `Could not find requested job with name`);
    const { name, request, status, reason, message } = job;
    return done({
      ...request,
      [`${kind}JobName`]: name,
      [`${kind}JobStatus`]: status,
      CreationTime: 0,
      ...(kind === 'Training' ? { SecondaryStatus: status === 'InProgress' ? 'Training' : status } : {}),
      ...(reason === undefined ? {} : { FailureReason: reason }),
      ...(message === undefined || kind === 'Training' ? {} : { ExitMessage: message }),
    });
  };
  const stop = (kind: Kind) => (body: Json) => {
    const job = find(kind, body);
    if (job?.status !== 'InProgress') return refusal('ValidationException', 'The job is not running');
    job.status = 'Stopping';
    for (const { process } of job.containers) process.kill('SIGTERM');
    return done();
  };
  const arnOf = (kind: Kind, name: string) =>
    `arn:aws:sagemaker:us-east-1:123456789012:${kind.toLowerCase()}-job/${name}`;
  const list = (kind: Kind) => (body: Json) => {
    const found = [...jobs.values()].filter(
      (job) => job.kind === kind && job.status === body.StatusEquals && job.name.includes(String(body.NameContains)),
    );
    return done({
      [`${kind}JobSummaries`]: found.map(({ name }) => ({
        [`${kind}JobName`]: name,
        [`${kind}JobArn`]: arnOf(kind, name),
      })),
    });
  };
  const create = (kind: Kind) => (body: Json) => {
    start(kind, String(body[`${kind}JobName`]), body);
    return done({ [`${kind}JobArn`]: arnOf(kind, String(body[`${kind}JobName`])) });
  };
  return {
    process: (name, request) => start('Processing', name, request),
    all: () => [...jobs.values()],
    async stop() {
      for (const { containers } of jobs.values()) for (const { process } of containers) process.kill('SIGKILL');
      await Promise.all([...jobs.values()].map(({ ended }) => ended));
      for (const { containers } of jobs.values()) containers.forEach(removeContainer);
    },
    answers: {
      CreateProcessingJob: create('Processing'),
      CreateTrainingJob: create('Training'),
      DescribeProcessingJob: describe('Processing'),
      DescribeTrainingJob: describe('Training'),
      ListProcessingJobs: list('Processing'),
      ListTrainingJobs: list('Training'),
      StopProcessingJob: stop('Processing'),
      StopTrainingJob: stop('Training'),
      FilterLogEvents({ logGroupName, logStreamNamePrefix, startTime }) {
        const found = lines.filter(
          ({ group, stream, timestamp }) =>
            group === logGroupName &&
            stream.startsWith(String(logStreamNamePrefix)) &&
            timestamp >= Number(startTime ?? 0),
        );
        if (!lines.some(({ group }) => group === logGroupName))
          return refusal('ResourceNotFoundException', 'The specified log group does not exist.');
        return done({ events: found });
      },
    },
  };
}

interface Specs {
  command: string[];
  environment: Record<string, string>;
  count: number;
  config: Record<string, object>;
  inputs: { uri: string; to: string }[];
  outputs: { from: string; uri: string }[];
}

interface ProcessingRequest {
  AppSpecification: { ContainerEntrypoint: string[]; ContainerArguments: string[] };
  ProcessingResources: { ClusterConfig: { InstanceCount: number } };
  ProcessingInputs?: { S3Input: { S3Uri: string; LocalPath: string } }[];
  ProcessingOutputConfig?: { Outputs: { S3Output: { S3Uri: string; LocalPath: string } }[] };
  Environment?: Record<string, string>;
}

function processingOf(json: Json): Specs {
  const request = json as unknown as ProcessingRequest;
  const { ContainerEntrypoint, ContainerArguments } = request.AppSpecification;
  return {
    command: [...ContainerEntrypoint, ...ContainerArguments],
    environment: request.Environment ?? {},
    count: request.ProcessingResources.ClusterConfig.InstanceCount,
    config: {},
    inputs: (request.ProcessingInputs ?? []).map(({ S3Input }) => ({ uri: S3Input.S3Uri, to: S3Input.LocalPath })),
    outputs: (request.ProcessingOutputConfig?.Outputs ?? []).map(({ S3Output }) => ({
      from: S3Output.LocalPath,
      uri: S3Output.S3Uri,
    })),
  };
}

interface TrainingRequest {
  TrainingJobName: string;
  AlgorithmSpecification: { ContainerEntrypoint: string[]; ContainerArguments: string[] };
  ResourceConfig: { InstanceCount: number };
  InputDataConfig: { ChannelName: string; DataSource: { S3DataSource: { S3Uri: string } } }[];
  OutputDataConfig: { S3OutputPath: string };
  HyperParameters?: Record<string, string>;
  Environment?: Record<string, string>;
}

/** The model is left unpacked, which is enough to see that it is there. */
function trainingOf(json: Json): Specs {
  const request = json as unknown as TrainingRequest;
  const { ContainerEntrypoint, ContainerArguments } = request.AlgorithmSpecification;
  const channels = request.InputDataConfig;
  return {
    command: [...ContainerEntrypoint, ...ContainerArguments],
    environment: request.Environment ?? {},
    count: request.ResourceConfig.InstanceCount,
    config: {
      'hyperparameters.json': request.HyperParameters ?? {},
      'inputdataconfig.json': Object.fromEntries(
        channels.map(({ ChannelName }) => [ChannelName, { TrainingInputMode: 'File' }]),
      ),
    },
    inputs: channels.map(({ ChannelName, DataSource }) => ({
      uri: DataSource.S3DataSource.S3Uri,
      to: `/opt/ml/input/data/${ChannelName}`,
    })),
    outputs: [
      { from: '/opt/ml/model', uri: `${request.OutputDataConfig.S3OutputPath}${request.TrainingJobName}/model` },
    ],
  };
}

function put(path: string, value: object): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(value));
}

function read(containers: Container[], name: string): string | undefined {
  const path = containers
    .map((container) => container.path(name))
    .find((one) => existsSync(one) && readdirSync(dirname(one)).length > 0);
  return path && readFileSync(path, 'utf8');
}
