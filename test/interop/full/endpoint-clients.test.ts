import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { hotEndpoint } from '../../support/hot-endpoint.js';
import { temporaryFolder } from '../../support/temporary.js';

const run = promisify(execFile);

describe('a local endpoint invoked by the clients that people have', function () {
  this.timeout(120_000);
  const hot = hotEndpoint();
  const folder = temporaryFolder();
  const python = process.env.MLOPS_PYTHON_AWS ?? '';
  const record = '{"features": {"alpha": 1, "beta": 2, "gamma": null}}';
  let expected: { prediction: number; probability: number };
  let env: NodeJS.ProcessEnv;

  before(async () => {
    assert.ok(python, 'MLOPS_PYTHON_AWS is set by the suite');
    env = { ...process.env, AWS_SHARED_CREDENTIALS_FILE: hot.info.credentialsFile, AWS_EC2_METADATA_DISABLED: 'true' };
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_PROFILE'])
      delete env[name];
    expected = (await (await hot.post('/invocations', record)).json()) as typeof expected;
  });
  after(() => folder.remove());

  const sameScore = (body: Record<string, unknown>) => {
    assert.equal(body.prediction, expected.prediction);
    assert.equal(body.probability, expected.probability);
  };

  async function capturedAs(id: string) {
    await hot.post('/admin/flush', '');
    const all = await hot.captured('hot', 'AllTraffic');
    return all.filter(({ eventMetadata }) => eventMetadata.inferenceId === id).map((one) => one.eventMetadata);
  }

  it('boto3 signs with the endpoint’s own keys: body, variant, inference id and custom attributes come and go; wrong ones are its errors', async () => {
    const script = join('test', 'interop', 'full', 'endpoint_clients.py');
    const { stdout } = await run(python, [script, hot.info.url!, 'hot'], { env });
    const { body, ...said } = JSON.parse(stdout) as Record<string, unknown>;
    sameScore(body as Record<string, unknown>);
    const { rows, ...rest } = said;
    assert.equal((rows as string).trimEnd().split('\n').length, 2);
    assert.deepEqual(rest, {
      ...{ status: 200, variant: 'AllTraffic', type: 'application/json', attributes: 'unseen=0;missing=1' },
      ...{ wrong: ['ValidationError', 400], nobody: ['ValidationError', 400] },
      stranger: ['AccessDeniedException', 403],
    });
    const [captured] = await capturedAs('of-boto3');
    assert.deepEqual(captured?.customAttributes, ['ward=4']);
  });

  it('the AWS CLI invokes with a body as it is typed, and writes the answer into its file', async () => {
    const out = join(folder.path, 'answer.json');
    const words = [
      'sagemaker-runtime',
      'invoke-endpoint',
      '--endpoint-name',
      'hot',
      '--content-type',
      'application/json',
    ];
    const more = ['--target-variant', 'AllTraffic', '--inference-id', 'of-the-cli', '--custom-attributes', 'ward=5'];
    const place = ['--endpoint-url', hot.info.url!, '--region', 'us-east-1', '--output', 'json'];
    // Of the CLI's second major version; the first has no other format.
    const { stdout: version } = await run(python, ['-m', 'awscli', '--version'], { env });
    const format = version.startsWith('aws-cli/1') ? [] : ['--cli-binary-format', 'raw-in-base64-out'];
    const asked = ['-m', 'awscli', ...words, ...more, ...place, ...format, '--body', record, out];
    const { stdout } = await run(python, asked, { env });
    const said = JSON.parse(stdout) as Record<string, string>;
    assert.equal(said.InvokedProductionVariant, 'AllTraffic');
    assert.equal(said.ContentType, 'application/json');
    assert.equal(said.CustomAttributes, 'unseen=0;missing=1');
    sameScore(JSON.parse(readFileSync(out, 'utf8')) as Record<string, unknown>);
    const [captured] = await capturedAs('of-the-cli');
    assert.deepEqual(captured?.customAttributes, ['ward=5']);
  });

  it('curl invokes with the token, or signs itself; without either it is refused', async () => {
    const curl = async (...words: string[]) => {
      const { stdout } = await run('curl', ['-s', '-i', '-X', 'POST', '-d', record, ...words], { env });
      const [head = '', body = ''] = stdout.split('\r\n\r\n');
      return { head, body };
    };
    const json = ['-H', 'Content-Type: application/json'];
    const ids = ['-H', 'X-Amzn-SageMaker-Inference-Id: of-curl', '-H', 'X-Amzn-SageMaker-Target-Variant: AllTraffic'];
    const token = ['-H', `Authorization: Bearer ${hot.token}`];
    const { head, body } = await curl(...json, ...ids, ...token, `${hot.info.url}/invocations`);
    assert.match(head, /^HTTP\/1\.1 200 OK/);
    assert.match(head, /^x-Amzn-Invoked-Production-Variant: AllTraffic\r?$/im);
    assert.match(head, /^X-Amzn-SageMaker-Custom-Attributes: unseen=0;missing=1\r?$/im);
    sameScore(JSON.parse(body) as Record<string, unknown>);
    assert.equal((await capturedAs('of-curl')).length, 1);
    const none = await curl(...json, `${hot.info.url}/invocations`);
    assert.match(none.head, /^HTTP\/1\.1 401 /);
    const wrong = await curl(
      ...json,
      '-H',
      `Authorization: Bearer ${'0'.repeat(hot.token.length)}`,
      `${hot.info.url}/invocations`,
    );
    assert.match(wrong.head, /^HTTP\/1\.1 401 /);
    const text = readFileSync(hot.info.credentialsFile!, 'utf8');
    const value = (key: string) => new RegExp(`^${key}\\s*=\\s*(\\S+)`, 'm').exec(text)?.[1];
    const keys = `${value('aws_access_key_id')}:${value('aws_secret_access_key')}`;
    const signed = ['--aws-sigv4', 'aws:amz:us-east-1:sagemaker', '--user'];
    const path = `${hot.info.url}/endpoints/hot/invocations`;
    assert.match((await curl(...json, ...signed, keys, path)).head, /^HTTP\/1\.1 200 /);
    assert.match((await curl(...json, ...signed, `${keys}x`, path)).head, /^HTTP\/1\.1 403 /);
  });
});
