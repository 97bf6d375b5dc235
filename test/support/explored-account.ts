import { openAws } from '../../src/platform/aws/index.js';
import type { Project } from '../../src/project/schema.js';
import { fillAws } from '../doubles/aws/fill.js';
import { fillWorld, world } from '../doubles/aws/world.js';
import { sharedAccount } from './shared-account.js';

export const role = 'arn:aws:iam::123456789012:role/test';

/** An account in which there is one of everything, some of it the project's own. */
export const exploredAccount = sharedAccount(async (double, folder) => {
  const fill = fillAws(double.url, world.bucket);
  await fillWorld(fill, folder);
  const place = { kind: 'aws', endpointUrl: double.url, bucket: world.bucket, role, image: 'serve:1' } as const;
  const endpoint = { name: world.endpoint, instance: 'ml.m5.large' };
  const file = { name: world.project, endpoint, alarms: 'endpoint', environments: { prod: place } };
  const project = { folder, file, sql: {} } as unknown as Project;
  return { fill, project, environment: await openAws(project, 'prod', place, { allowed: () => ['prod'] }) };
});
