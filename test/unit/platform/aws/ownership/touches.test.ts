import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Athena } from '@aws-sdk/client-athena';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { S3 } from '@aws-sdk/client-s3';
import { SageMaker } from '@aws-sdk/client-sagemaker';
import { changesSomething } from '../../../../../src/platform/aws/account/changes.js';
import { services as all, touches } from '../../../../../src/platform/aws/all-rights.js';

describe('what the calls of an AWS environment touch', () => {
  const folder = 'src/platform/aws';
  const services = [S3, SageMaker, CloudWatch, Athena].map(({ prototype }) => prototype as object);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const called = files.flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/\.([a-z]\w+)\(/g)].map(([, name = '']) => name),
  );
  const sent = new Set(
    called
      .filter((name) => services.some((service) => Object.hasOwn(service, name)))
      .map((name) => name[0]!.toUpperCase() + name.slice(1))
      .filter(changesSomething),
  );
  const known = new Set(Object.keys(touches));

  it('is said of every call that can change something', () => {
    assert.ok(sent.size > 30, [...sent].join());
    assert.deepEqual(
      [...sent].filter((operation) => !known.has(operation)),
      [],
    );
  });

  it('is said of no call that nobody sends', () => {
    assert.deepEqual(
      [...known].filter((operation) => !sent.has(operation)),
      [],
    );
  });

  for (const of of ['probes', 'finds', 'touches'] as const)
    it(`is said by one service: ${of}`, () => {
      const names = all.flatMap((service) => Object.keys(service[of]));
      assert.equal(new Set(names).size, names.length);
    });
});
