import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BrokenError, RefusedError } from '../../../src/common/errors.js';
import { addGrant, projectKey, removeGrants } from '../../../src/platform/permissions/grants.js';
import { openAws } from '../../../src/platform/aws/index.js';
import { type Project } from '../../../src/project/schema.js';
import { startAwsDouble, type AwsDouble } from '../../doubles/aws/double.js';
import { fillAws, variables, type AwsFill } from '../../doubles/aws/fill.js';
import { fillWorld, handOverWorld, makeProject, world } from '../../doubles/aws/world.js';
import { mlops } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';
import { at, cloudWriting, endpoint, writing, type Call } from '../../support/every-write.js';

describe('the guard of an AWS environment', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const projectFolder = join(folder.path, 'project');
  const file = join(folder.path, 'file.bin');
  const before_ = { ...process.env };
  let double: AwsDouble;
  let fill: AwsFill;
  let project: Project;
  let allowed: string[] = [];
  const role = 'arn:aws:iam::123456789012:role/test';

  const open = (name = 'prod', write?: false) =>
    openAws(
      project,
      name,
      { kind: 'aws', endpointUrl: double.url, bucket: world.bucket, role, image: 'serve:1', write },
      { allowed: () => allowed },
    );
  const mutating = () => double.calls.filter((call) => call.mutating).map(({ operation }) => operation);
  const auditLines = (environment: string) =>
    readFileSync(join(projectFolder, '.mlops', 'audit', `${environment}.jsonl`), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  before(async () => {
    const python = process.env.MLOPS_PYTHON_AWS;
    assert.ok(python, 'MLOPS_PYTHON_AWS is set by the suite');
    Object.assign(process.env, variables, { XDG_CONFIG_HOME: join(folder.path, 'config') });
    double = await startAwsDouble(python);
    fill = fillAws(double.url, world.bucket);
    await fillWorld(fill, folder.path);
    await fill.endpoint('theirs');
    await handOverWorld(fill, 'churn', 'prod');
    const config = { name: 'guarded-stopped', group: 'g', capture: 0, variants: endpoint.variants };
    const state = { configName: 'c', createdAt: at.toISOString(), stoppedAt: at.toISOString(), config };
    await fill.object('endpoints/guarded-stopped.json', JSON.stringify(state));
    await makeProject(projectFolder, double.url);
    project = { folder: projectFolder, file: { name: 'churn', endpoint: { instance: 'ml.m5.large' } } } as Project;
  });
  beforeEach(() => {
    allowed = [];
    writeFileSync(file, 'PAR1');
    double.forget();
  });
  after(async () => {
    for (const name of Object.keys(process.env)) if (!(name in before_)) delete process.env[name];
    await double?.stop();
    folder.remove();
  });

  it('knows every method of every writer', async () => {
    allowed = ['prod'];
    const writers = (await open()).writers('look');
    const methods = (ports: object) =>
      Object.entries(ports).flatMap(([port, each]) => Object.keys(each as object).map((name) => `${port}.${name}`));
    const known = new Set([...methods(writing), ...methods(cloudWriting)]);
    const { cloud, ...others } = writers;
    const unclassified = [...methods(others), ...methods(cloud!)].filter(
      (name) => !known.has(name) && name !== 'objects.putFileTo',
    );
    assert.deepEqual(unclassified, []);
  });

  for (const [port, methods] of Object.entries({ ...writing, ...cloudWriting }))
    for (const [name, call] of Object.entries(methods as Record<string, Call | null>)) {
      if (call === null) continue;
      it(`refuses ${port}.${name} of a writer that was handed out before writing was turned off`, async () => {
        allowed = ['prod'];
        const writers = (await open()).writers('look');
        allowed = [];
        await assert.rejects(
          call(writers, file),
          (error) => error instanceof RefusedError && error.message.includes('is read-only'),
        );
        assert.deepEqual(mutating(), []);
      });
    }

  it('opens one account by the setting, and no other', async () => {
    allowed = ['prod@210987654321'];
    const environment = await open();
    await assert.rejects(environment.writers('look').objects.put('a.txt', 'x'), RefusedError);
    assert.deepEqual(mutating(), []);
    allowed = ['prod@123456789012'];
    await environment.writers('look').objects.put('a.txt', 'x');
  });

  it('opens by a grant of that project, folder, environment and account alone', async () => {
    const grant = { ...projectKey(project), environment: 'prod', account: '123456789012', since: at.toISOString() };
    for (const other of [
      { ...grant, folder: '/elsewhere' },
      { ...grant, project: 'other' },
      { ...grant, environment: 'staging' },
      { ...grant, account: '210987654321' },
    ]) {
      await addGrant(other);
      const closed = async () => (await open()).writers('look').objects.put('a.txt', 'x');
      await assert.rejects(closed, RefusedError, JSON.stringify(other));
    }
    assert.deepEqual(mutating(), []);
    await addGrant(grant);
    await (await open()).writers('look').objects.put('a.txt', 'x');
    await removeGrants(grant);
  });

  it('never opens what mlops.json forbids', async () => {
    allowed = ['prod'];
    const environment = await open('prod', false);
    assert.throws(() => environment.writers('look'), /mlops\.json forbids/);
  });

  it('tells the audit who did what to what, with the id of the request, and no content', async () => {
    allowed = ['audited'];
    await handOverWorld(fill, 'churn', 'audited');
    const writers = (await open('audited')).writers('look');
    await writers.objects.put('secret.txt', 'a secret text');
    await writers.registry.setStatus(world.project, 'v1', 'Rejected', 'a secret reason');
    const [put, update] = auditLines('audited');
    assert.equal(put?.service, 's3');
    assert.equal(put.operation, 'PutObject');
    assert.equal(put.resource, `s3://${world.bucket}/secret.txt`);
    assert.equal(put.outcome, 'done');
    assert.match(String(put.who), /^arn:aws:/);
    assert.ok(typeof put.requestId === 'string' && put.requestId.length > 0);
    assert.equal(update?.operation, 'UpdateModelPackage');
    assert.match(String(update.resource), /model-package/);
    assert.doesNotMatch(JSON.stringify([put, update]), /a secret/);
    await handOverWorld(fill, 'churn', 'prod');
  });

  it('tells the audit of a write that AWS refused', async () => {
    allowed = ['refused'];
    const writers = (await open('refused')).writers('look');
    double.deny(/PutMetricData/);
    await assert.rejects(writers.metrics.put('Guarded', [{ metric: 'E', dimensions: {}, value: 1, at }]));
    double.deny(/^$/);
    assert.equal(auditLines('refused')[0]?.outcome, 'failed');
  });

  it('takes a write for done although it could not be noted, tells it, and changes nothing more until it is', async () => {
    allowed = ['unnoted'];
    const place = { kind: 'aws', endpointUrl: double.url, bucket: world.bucket } as const;
    const told: string[] = [];
    const options = { allowed: () => allowed, tell: (text: string) => void told.push(text) };
    const { objects, lease } = (await openAws(project, 'unnoted', place, options)).writers('look');
    const held = await lease.acquire('look');
    const audit = join(projectFolder, '.mlops', 'audit');
    mkdirSync(audit, { recursive: true });
    renameSync(audit, `${audit}-aside`);
    writeFileSync(audit, 'in the way');
    await objects.put('unnoted.txt', 'x');
    assert.equal(told.length, 1);
    assert.match(told[0]!, /audit could not be written \(.*"operation":"PutObject","resource":"s3:.*unnoted\.txt"/);
    double.forget();
    await assert.rejects(
      objects.put('next.txt', 'x'),
      (error) =>
        error instanceof BrokenError && error.message.includes('nothing more is changed, for 1 write could not be'),
    );
    assert.deepEqual(mutating(), []);
    await held.release();
    assert.equal(mutating().length, 1);
    rmSync(audit);
    renameSync(`${audit}-aside`, audit);
    await objects.put('next.txt', 'x');
    assert.deepEqual(
      auditLines('unnoted').map(({ resource }) => String(resource).split('/').at(-1)),
      ['lease.json', 'unnoted.txt', 'next.txt'],
    );
  });

  it('gives back the lease that is held although writing was turned off, and lets no other call pass', async () => {
    allowed = ['prod'];
    const writers = (await open()).writers('look');
    const held = await writers.lease.acquire('look');
    allowed = [];
    double.forget();
    await assert.rejects(writers.objects.remove('lease.json'), RefusedError);
    assert.deepEqual(mutating(), []);
    await held.release();
    assert.equal(await (await open()).lease.holder(), undefined);
    await assert.rejects(writers.lease.acquire('again'), RefusedError);
  });

  it('is turned on and off by mlops env write, and wants names typed', async () => {
    const run = (...words: string[]) => mlops(words, { cwd: projectFolder });
    const remove = ['bucket', 'rm', 'a.txt', '--env', 'aws-test'];
    assert.equal((await run(...remove)).code, 5);
    const on = await run('env', 'write', 'aws-test');
    assert.match(on.stdout, /account 123456789012, us-east-1/, on.stderr);
    assert.match((await run('env', 'list')).stdout, /aws-test .* on/);
    const unconfirmed = await run(...remove);
    assert.equal(unconfirmed.code, 5);
    assert.match(unconfirmed.stderr, /us-east-1, account 123456789012.*--yes --confirm a\.txt/);
    for (const words of [
      ['endpoint', 'stop', world.endpoint],
      ['endpoint', 'delete', world.endpoint],
    ])
      assert.equal((await run(...words, '--env', 'aws-test')).code, 5);
    assert.deepEqual(mutating(), []);
    const confirmed = await run(...remove, '--yes', '--confirm', 'a.txt');
    assert.equal(confirmed.code, 0, confirmed.stderr);
    // Beside the lease that it works under.
    assert.equal(mutating().filter((operation) => !operation.includes('lease.json')).length, 1);
    assert.equal((await run('env', 'write', 'aws-test', '--off')).code, 0);
    assert.equal((await run(...remove, '--yes', '--confirm', 'a.txt')).code, 5);
  });

  it('sends nothing elsewhere before mlops env trust, which wants the very address', async () => {
    const away = join(folder.path, 'away');
    await makeProject(away, 'https://s3.example.com');
    const run = (...words: string[]) => mlops(words, { cwd: away });
    const status = await run('status', '--env', 'aws-test');
    assert.equal(status.code, 5);
    assert.match(status.stderr, /mlops env trust aws-test https:\/\/s3\.example\.com/);
    assert.match((await run('env', 'list')).stdout, /aws-test .*s3\.example\.com instead of AWS/);
    assert.equal((await run('env', 'trust', 'aws-test')).code, 2);
    const wrong = await run('env', 'trust', 'aws-test', 'https://s3.example.org');
    assert.equal(wrong.code, 2, wrong.stderr);
    const trusted = await run('env', 'trust', 'aws-test', 'https://s3.example.com');
    assert.match(trusted.stdout, /aws-test go to https:\/\/s3\.example\.com.*--off/, trusted.stderr);
    assert.match((await run('env', 'list')).stdout, /aws-test .*us-east-1.* off/);
    assert.equal((await run('env', 'trust', 'aws-test', '--off')).code, 0);
    assert.equal((await run('env', 'write', 'aws-test')).code, 5);
  });

  it('uses the chosen environment where none is named', async () => {
    const run = (...words: string[]) => mlops(words, { cwd: projectFolder });
    assert.equal((await run('env', 'use', 'aws-test')).code, 0);
    const shown = JSON.parse((await run('env', 'show', '--json')).stdout) as Record<string, unknown>;
    assert.equal(shown.name, 'aws-test');
    assert.equal(shown.account, '123456789012');
    assert.equal((await run('env', 'use', 'local')).code, 0);
    assert.equal((await run('env', 'use', 'nope')).code, 2);
  });
});
