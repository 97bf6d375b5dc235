import { openAws } from '../../src/platform/aws/index.js';
import type { Project } from '../../src/project/schema.js';
import { fillAws } from '../doubles/aws/fill.js';
import { sharedAccount } from './shared-account.js';

export const bucket = 'writing';
export const role = 'arn:aws:iam::123456789012:role/test';

/** An account with nothing but a bucket, in which the project may write. */
export const writtenAccount = sharedAccount(async (double, folder) => {
  const fill = fillAws(double.url, bucket);
  await fill.bucket(bucket);
  const file = { name: 'churn', endpoint: { name: 'served', instance: 'ml.m5.large' } };
  const project = { folder, file } as Project;
  const entry = { kind: 'aws', endpointUrl: double.url, bucket, role, image: 'serve:1' } as const;
  return { fill, project, entry, environment: await openAws(project, 'prod', entry, { allowed: () => ['prod'] }) };
});

/** The endpoint that tests deploy. */
export const asked = (modelVersion: string) => ({
  ...{ name: 'served', group: 'churn', capture: 1 },
  variants: [{ name: 'AllTraffic', modelVersion, weight: 1 }],
});
