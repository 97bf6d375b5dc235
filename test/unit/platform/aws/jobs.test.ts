import assert from 'node:assert/strict';
import { jobReader } from '../../../../src/platform/aws/jobs.js';
import type { Account } from '../../../../src/platform/aws/place.js';

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
