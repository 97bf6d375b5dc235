import assert from 'node:assert/strict';
import type { Project } from '../../../src/project/schema.js';
import { openAws } from '../../../src/platform/aws/index.js';
import { describeReadPorts, type Subject } from '../../contract/environment.js';
import { describeWritePorts } from '../../contract/writing.js';
import { startAwsDouble } from '../../doubles/aws/double.js';
import { fillAws, variables } from '../../doubles/aws/fill.js';
import { temporaryFolder } from '../../support/temporary.js';

describeReadPorts('aws', makeAws);
describeWritePorts('aws', makeAws);

async function makeAws(): Promise<Subject> {
  const python = process.env.MLOPS_PYTHON_AWS;
  assert.ok(python, 'MLOPS_PYTHON_AWS is set by the suite');
  Object.assign(process.env, variables);
  const double = await startAwsDouble(python);
  const folder = temporaryFolder();
  const fill = fillAws(double.url, 'contract');
  await fill.bucket('contract');
  const project = {
    folder: folder.path,
    file: { name: 'contract', endpoint: { name: 'contract', instance: 'ml.m5.large' } },
    sql: {},
  } as Project;
  const role = 'arn:aws:iam::123456789012:role/test';
  const image = '123456789012.dkr.ecr.us-east-1.amazonaws.com/serve:1';
  const entry = { kind: 'aws', endpointUrl: double.url, bucket: 'contract', role, image } as const;
  return {
    environment: await openAws(project, 'aws-test', entry, { allowed: () => ['aws-test'] }),
    fill,
    async close() {
      folder.remove();
      await double.stop();
    },
  };
}
