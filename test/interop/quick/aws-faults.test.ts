import assert from 'node:assert/strict';
import { readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BrokenError, CancelledError } from '../../../src/common/errors.js';
import { sha256OfFile } from '../../../src/common/hash.js';
import { openAws } from '../../../src/platform/aws/index.js';
import type { Environment } from '../../../src/platform/ports/environment.js';
import { everyItem } from '../../../src/platform/ports/pages.js';
import type { AwsEnvironment, Project } from '../../../src/project/schema.js';
import { startAwsDouble, type AwsDouble } from '../../doubles/aws/double.js';
import { fillAws, variables } from '../../doubles/aws/fill.js';
import { startLargeS3 } from '../../doubles/aws/large-s3.js';
import { fillWorld, world } from '../../doubles/aws/world.js';
import { temporaryFolder } from '../../support/temporary.js';

const mega = 2 ** 20;

describe('an AWS account that misbehaves', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const before_ = { ...process.env };
  let double: AwsDouble;
  let environment: Environment;

  const open = (entry: Partial<AwsEnvironment> = {}, url = double.url) => {
    const project = { folder: folder.path, file: { name: 'churn', endpoint: { instance: 'ml.m5.large' } } } as Project;
    const place = { kind: 'aws', endpointUrl: url, bucket: world.bucket, ...entry } as const;
    return openAws(project, 'prod', place, { allowed: () => ['prod'] });
  };
  const writers = () => environment.writers('test faults');
  const fileOf = (name: string, bytes: number) => {
    const path = join(folder.path, name);
    const block = Buffer.alloc(mega, name);
    for (let at = 0; at < bytes; at += mega) {
      block.writeUInt32LE(at, 0);
      writeFileSync(path, block.subarray(0, Math.min(mega, bytes - at)), { flag: at === 0 ? 'w' : 'a' });
    }
    return path;
  };

  before(async () => {
    const python = process.env.MLOPS_PYTHON_AWS;
    assert.ok(python, 'MLOPS_PYTHON_AWS is set by the suite');
    Object.assign(process.env, variables);
    double = await startAwsDouble(python);
    await fillWorld(fillAws(double.url, world.bucket), folder.path);
  });
  beforeEach(async () => {
    for (const name of Object.keys(process.env)) if (!(name in before_)) delete process.env[name];
    Object.assign(process.env, variables);
    double.faults.clear();
    environment = await open();
    double.forget();
  });
  after(async () => {
    for (const name of Object.keys(process.env)) if (!(name in before_)) delete process.env[name];
    await double?.stop();
    folder.remove();
  });

  const passing = {
    'throttles a service': { kind: 'status', status: 400, code: 'ThrottlingException' },
    'throttles S3': { kind: 'status', status: 503, code: 'SlowDown' },
    'has an outage': { kind: 'status', status: 500, code: 'InternalFailure' },
    'cuts connections': { kind: 'cut' },
  } as const;
  for (const [what, how] of Object.entries(passing))
    it(`that ${what} for a while is asked again until it answers`, async () => {
      double.faults.add({ operation: /./, times: 2, how });
      assert.ok((await environment.endpoints.list()).items.length > 0);
      double.faults.add({ operation: /./, times: 2, how });
      assert.ok(await environment.objects.read(world.results));
    });

  it('that throttles for good is given up, and named', async () => {
    const how = { kind: 'status', status: 400, code: 'ThrottlingException' } as const;
    double.faults.add({ operation: /ListEndpoints/, how });
    await assert.rejects(environment.endpoints.list(), /ListEndpoints: ThrottlingException/);
    assert.equal(double.calls.length, 6);
  });

  it('that is slow can be cancelled at once', async () => {
    double.faults.add({ operation: /ListEndpoints/, how: { kind: 'slow', ms: 5_000 } });
    const cancel = new AbortController();
    const asked = environment.endpoints.list({ signal: cancel.signal });
    const began = performance.now();
    setTimeout(() => cancel.abort(new CancelledError()), 50);
    await assert.rejects(asked, CancelledError);
    assert.ok(performance.now() - began < 2_000);
  });

  it('that repeats a conditional put, having lost only its answer, is no conflict', async () => {
    let met = 0;
    const put = /PUT .*once-only/;
    // The first attempt arrives and is stored; what comes back is an outage.
    double.faults.add({ operation: put, times: 1, how: { kind: 'slow', ms: 0 }, onMeet: () => (met += 1) });
    await writers().objects.put('once-only.txt', 'mine', { ifAbsent: true });
    double.faults.add({ operation: put, times: 1, how: passing['has an outage'] });
    await writers().objects.put('once-only.txt', 'mine', { ifAbsent: true });
    double.faults.add({ operation: put, times: 1, how: passing['has an outage'] });
    await assert.rejects(writers().objects.put('once-only.txt', 'other', { ifAbsent: true }), /exists already/);
    assert.equal(met, 1);
  });

  it('that has the bucket in another region is followed there', async () => {
    const headers = { 'x-amz-bucket-region': 'eu-west-1' };
    const how = { kind: 'status', status: 301, code: 'PermanentRedirect', headers } as const;
    double.faults.add({ operation: /GET .*monitoring_results/, how, signed: '/us-east-1/s3/' });
    assert.ok(await environment.objects.read(world.results));
    assert.match(double.calls.at(-1)!.signed, /\/eu-west-1\/s3\//);
  });

  for (const [what, operation, work] of [
    ['a put', /PUT .*moved\.txt/, () => writers().objects.put('moved.txt', 'x')],
    ['a listing', /GET .*list-type=2/, () => environment.objects.list('')],
    ['a removal', /DELETE .*moved\.txt/, () => writers().objects.remove('moved.txt')],
    ['a look', /HEAD .*monitoring_results/, () => environment.objects.head(world.results)],
    [
      'an upload in parts',
      /(POST|PUT) .*moved\.bin/,
      () => writers().objects.putFile('moved.bin', fileOf('moved.bin', 20 * mega)),
    ],
  ] as const)
    it(`that has the bucket in another region is followed there by ${what}`, async () => {
      const headers = { 'x-amz-bucket-region': 'eu-west-1' };
      const how = { kind: 'status', status: 301, code: 'PermanentRedirect', headers } as const;
      double.faults.add({ operation, how, signed: '/us-east-1/s3/' });
      await work();
      const matching = double.calls.filter((call) => operation.test(call.operation));
      assert.ok(
        matching.some(({ signed }) => signed.includes('/eu-west-1/s3/')),
        JSON.stringify(matching),
      );
      // Every part is there, and each was taken once.
      if (what !== 'an upload in parts') return;
      assert.equal((await environment.objects.head('moved.bin'))?.size, 20 * mega);
      const parts = matching.filter(
        ({ operation: one, signed }) => one.includes('partNumber=') && signed.includes('eu-west-1'),
      );
      assert.equal(new Set(parts.map(({ operation: one }) => /partNumber=(\d+)/.exec(one)?.[1])).size, parts.length);
    });

  it('whose sign-in expires in the middle of an upload goes on with the one that was renewed meanwhile', async () => {
    const credentials = join(folder.path, 'credentials');
    const write = (key: string) => {
      const lines = [
        '[work]',
        `aws_access_key_id = ${key}`,
        'aws_secret_access_key = s',
        `aws_session_token = t-${key}`,
      ];
      writeFileSync(credentials, lines.join('\n'));
    };
    write('OLD');
    Object.assign(process.env, { AWS_SHARED_CREDENTIALS_FILE: credentials, AWS_CONFIG_FILE: '/nowhere' });
    environment = await open({ profile: 'work' });
    const renew = () => {
      write('NEW');
      utimesSync(credentials, new Date(), new Date(Date.now() + 5_000));
    };
    const how = { kind: 'status', status: 400, code: 'ExpiredToken' } as const;
    double.faults.add({ operation: /partNumber=3/, how, signed: 'Credential=OLD', onMeet: renew });
    double.faults.add({ operation: /partNumber=/, how, signed: 'Credential=GONE' });
    const path = fileOf('renewed.bin', 20 * mega);
    await writers().objects.putFile('renewed.bin', path);
    assert.equal((await environment.objects.head('renewed.bin'))?.size, 20 * mega);
    assert.ok(
      double.calls.some(({ operation, signed }) => operation.includes('partNumber=3') && signed.includes('NEW')),
    );
  });

  it('whose sign-in expires and is not renewed says once what to do, and leaves nothing half', async () => {
    const how = { kind: 'status', status: 400, code: 'ExpiredToken' } as const;
    double.faults.add({ operation: /partNumber=2/, how });
    await assert.rejects(
      writers().objects.putFile('expired.bin', fileOf('expired.bin', 20 * mega)),
      (error) =>
        error instanceof BrokenError &&
        error.message.includes('the keys in the environment have expired; renew AWS_ACCESS_KEY_ID'),
    );
    assert.equal(await environment.objects.head('expired.bin'), undefined);
    assert.ok(double.calls.some(({ operation }) => /^DELETE .*uploadId/.test(operation)));
  });

  it('keeps the listing of one profile apart from the next one', async () => {
    const credentials = join(folder.path, 'two');
    const section = (name: string) =>
      `[${name}]\naws_access_key_id = ${name.toUpperCase()}\naws_secret_access_key = s\n`;
    writeFileSync(credentials, section('first') + section('second'));
    Object.assign(process.env, { AWS_SHARED_CREDENTIALS_FILE: credentials, AWS_CONFIG_FILE: '/nowhere' });
    const first = await open({ profile: 'first' });
    const listing = everyItem((page) => first.objects.list('', { ...page, limit: 1 }));
    await listing.next();
    const second = await open({ profile: 'second' });
    double.forget();
    await second.objects.list('', { limit: 1 });
    await listing.next();
    const keys = double.calls.map(({ signed }) => /Credential=(\w+)/.exec(signed)?.[1]);
    assert.deepEqual(keys, ['SECOND', 'FIRST']);
  });

  it('shows the first page of a million keys at once', async () => {
    const server = await startLargeS3({ keys: 1_000_000 });
    try {
      const large = await open({}, server.url);
      await large.objects.list('warm-up/', { limit: 1 });
      const began = performance.now();
      const { items } = await large.objects.list('');
      assert.equal(items.length, 1000);
      assert.ok(performance.now() - began < 1_000, `${performance.now() - began} ms`);
    } finally {
      await server.stop();
    }
  });

  it('that cuts an upload three times gets the rest, and no part that it has', async () => {
    const server = await startLargeS3();
    try {
      environment = await open({}, server.url);
      const path = fileOf('large.bin', 40 * mega);
      const hash = await sha256OfFile(path);
      for (const number of [2, 3, 5]) server.cutPart(number);
      await writers().objects.putFile('large.bin', path);
      assert.equal(server.objects.get('large.bin'), hash);
      assert.deepEqual([...server.parts].sort(), [1, 2, 3, 4, 5]);
      assert.throws(() => statSync(path), /ENOENT/);
    } finally {
      await server.stop();
    }
  });

  it('aborts an upload that is cancelled', async () => {
    const server = await startLargeS3();
    try {
      environment = await open({}, server.url);
      const path = fileOf('cancelled.bin', 40 * mega);
      const cancel = new AbortController();
      server.cutPart(2, () => cancel.abort(new CancelledError()));
      await assert.rejects(writers().objects.putFile('c.bin', path, { signal: cancel.signal }), CancelledError);
      assert.deepEqual(server.aborted, ['u1']);
      assert.equal(readFileSync(path).length, 40 * mega);
    } finally {
      await server.stop();
    }
  });
});
