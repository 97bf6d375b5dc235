import assert from 'node:assert/strict';
import { jobReader, jobWriter } from '../../../../../src/platform/aws/jobs/jobs.js';
import type { JobKind, JobSpec } from '../../../../../src/platform/ports/jobs.js';
import { jobsSchema } from '../../../../../src/project/schema.js';
import type { Account } from '../../../../../src/platform/aws/account/place.js';

/** Two pages of jobs, and the tags of each. */
const tags: Record<string, [project: string, environment: string]> = {
  'churn-train-1': ['churn', 'prod'],
  'churn-train-ingest-1': ['churn-train', 'prod'],
  'churn-train-2': ['churn', 'staging'],
  'old-churn-train-3': ['churn', 'prod'],
  'churn-train-4': ['churn', 'prod'],
  'churn-train-5': ['churn', 'prod'],
};
const names = Object.keys(tags);
const pages: Record<string, string[]> = { first: names.slice(0, 3), second: names.slice(3, 5) };

const sagemaker = {
  listTrainingJobs({ StatusEquals, NextToken = 'first' }: { StatusEquals: string; NextToken?: string }) {
    const stopping = { TrainingJobName: 'churn-train-5', TrainingJobArn: 'arn:churn-train-5' };
    if (StatusEquals === 'Stopping') return Promise.resolve({ TrainingJobSummaries: [stopping] });
    const jobs = pages[NextToken]!.map((name) => ({ TrainingJobName: name, TrainingJobArn: `arn:${name}` }));
    return Promise.resolve({ TrainingJobSummaries: jobs, NextToken: NextToken === 'first' ? 'second' : undefined });
  },
  listTags({ ResourceArn }: { ResourceArn: string }) {
    const [project, environment] = tags[ResourceArn.slice('arn:'.length)]!;
    const found = { 'mlops:project': project, 'mlops:environment': environment };
    return Promise.resolve({ Tags: Object.entries(found).map(([Key, Value]) => ({ Key, Value })) });
  },
};

describe('jobs that are under way', () => {
  it("are the project's and the environment's own, of every page, those that stop too, and none whose name only begins alike", async () => {
    const account = {
      project: { file: { name: 'churn' } },
      settings: { name: 'prod' },
      clients: { sagemaker: () => Promise.resolve(sagemaker) },
    } as unknown as Account;
    const found = await jobReader(account).running('training', 'churn-train-');
    assert.deepEqual(found, ['churn-train-1', 'churn-train-4', 'churn-train-5']);
  });
});

describe("a job's request", () => {
  type Request = Record<string, Record<string, unknown> & { ClusterConfig?: object }>;
  const requestOf = async (kind: JobKind, settings: object): Promise<Request> => {
    const asked: Request[] = [];
    const keep = (request: Request) => Promise.resolve(void asked.push(request));
    const account = {
      project: { file: { name: 'churn' } },
      settings: { name: 'prod', bucket: 'acme' },
      clients: { sagemaker: () => Promise.resolve({ createProcessingJob: keep, createTrainingJob: keep }) },
    } as unknown as Account;
    const spec = { ...{ kind, name: 'j', family: 'j', image: 'i', role: 'r', instances: 2, command: [] } };
    const rest = { project: 'p/', output: 'jobs/', variables: {}, machine: jobsSchema.parse(settings) };
    await jobWriter(account).start({ ...spec, ...rest } satisfies JobSpec);
    return asked[0]!;
  };
  const network = { subnets: ['subnet-1'], securityGroups: ['sg-1', 'sg-2'] };
  const secured = { volumeGb: 500, kmsKey: 'alias/mlops', isolated: true, encryptTraffic: true, network };
  const VpcConfig = { Subnets: ['subnet-1'], SecurityGroupIds: ['sg-1', 'sg-2'] };
  const closed = { EnableNetworkIsolation: true, EnableInterContainerTrafficEncryption: true, VpcConfig };
  const open = { EnableNetworkIsolation: false, EnableInterContainerTrafficEncryption: false };
  const machine = { InstanceType: 'ml.m5.xlarge', InstanceCount: 2 };

  it('of processing has the volume, the key and the network that mlops.json names', async () => {
    const found = await requestOf('processing', secured);
    const disk = { VolumeSizeInGB: 500, VolumeKmsKeyId: 'alias/mlops' };
    assert.deepEqual(found.ProcessingResources!.ClusterConfig, { ...machine, ...disk });
    assert.deepEqual(found.NetworkConfig, closed);
  });

  it('of training has the same, and packs the model with the key', async () => {
    const found = await requestOf('training', secured);
    assert.deepEqual(found.ResourceConfig, { ...machine, VolumeSizeInGB: 500, VolumeKmsKeyId: 'alias/mlops' });
    for (const [field, value] of Object.entries(closed)) assert.deepEqual(found[field], value);
    assert.equal(found.OutputDataConfig!.KmsKeyId, 'alias/mlops');
  });

  it("has 100 GB, AWS's own keys and SageMaker's network where nobody says otherwise", async () => {
    const found = await requestOf('processing', {});
    assert.deepEqual(found.ProcessingResources!.ClusterConfig, { ...machine, VolumeSizeInGB: 100 });
    assert.deepEqual(found.NetworkConfig, open);
  });
});
