import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startAwsDouble, type AwsDouble } from '../../doubles/aws/double.js';
import { fillAws, variables } from '../../doubles/aws/fill.js';
import { mlops } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';

describe('a whole run in an AWS account', function () {
  this.timeout(180_000);
  const folder = temporaryFolder();
  const project = join(folder.path, 'project');
  const env = { ...variables, XDG_CONFIG_HOME: join(folder.path, 'config') };
  let double: AwsDouble;
  const run = (...words: string[]) => mlops(words, { cwd: project, env });

  before(async () => {
    const python = process.env.MLOPS_PYTHON_AWS;
    assert.ok(python, 'MLOPS_PYTHON_AWS is set by the suite');
    double = await startAwsDouble(python);
    const fill = fillAws(double.url, 'acme');
    await fill.bucket('acme');
    await fill.alarm('of-somebody-else');
    const made = await mlops(['init', 'house-prices', project, '--sample'], { env });
    assert.equal(made.code, 0, made.stderr);
    const role = 'arn:aws:iam::123456789012:role/test';
    const place = { kind: 'aws', region: 'us-east-1', endpointUrl: double.url, bucket: 'acme', role, image: 'serve:1' };
    const file = join(project, 'mlops.json');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('{', `{ "environments": { "prod": ${JSON.stringify(place)} },`));
    const on = await run('env', 'write', 'prod');
    assert.equal(on.code, 0, on.stderr);
  });
  after(async () => {
    await double?.stop();
    folder.remove();
  });

  it('ingests, builds features, trains, deploys and judges there', async () => {
    const { code, stdout, stderr } = await run('run', '--env', 'prod');
    assert.equal(code, 0, stderr);
    assert.match(stdout, /verdict .*pass · v1/);
    const shown = await run('endpoint', 'show', 'house-prices', '--env', 'prod', '--json');
    assert.equal((JSON.parse(shown.stdout) as { modelVersion: string }).modelVersion, 'v1');
  });

  it('does again only what changed', async () => {
    const { code, stderr } = await run('run', '--env', 'prod');
    assert.equal(code, 0, stderr);
    for (const stage of ['ingest', 'features', 'train', 'deploy'])
      assert.match(stderr, new RegExp(`${stage}: skipped`));
  });

  it('leaves a line in the audit for each kind of thing that it made', () => {
    const audit = readFileSync(join(project, '.mlops', 'audit', 'prod.jsonl'), 'utf8');
    for (const operation of [
      'PutObject',
      'CreateFeatureGroup',
      'CreateModelPackage',
      'CreateEndpoint',
      'PutMetricAlarm',
    ])
      assert.match(audit, new RegExp(`"operation":"${operation}"`));
  });
});
