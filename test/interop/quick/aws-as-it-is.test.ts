import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { BrokenError, InputError, MissingRight } from '../../../src/common/errors.js';
import { queryGroup } from '../../../src/pipeline/feature-groups/query.js';
import { readStatus } from '../../../src/pipeline/status/status.js';
import { openAws } from '../../../src/platform/aws/index.js';
import type { Environment } from '../../../src/platform/ports/environment.js';
import { loadProject } from '../../../src/project/load.js';
import type { AwsEnvironment, Project } from '../../../src/project/schema.js';
import { startAwsDouble, type AwsDouble } from '../../doubles/aws/double.js';
import { fillAws, variables, type AwsFill } from '../../doubles/aws/fill.js';
import { fillWorld, makeProject, world } from '../../doubles/aws/world.js';
import { mlops } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';

describe('an account as it is', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const before_ = { ...process.env };
  const utf8 = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString('utf8');
  let double: AwsDouble;
  let fill: AwsFill;
  let environment: Environment;
  const open = (entry: Partial<AwsEnvironment> = {}) => {
    const project = { folder: folder.path, file: { name: world.project }, sql: {} } as Project;
    return openAws(project, 'prod', { kind: 'aws', endpointUrl: double.url, bucket: world.bucket, ...entry });
  };
  const reset = () => {
    for (const name of Object.keys(process.env)) if (!(name in before_)) delete process.env[name];
    Object.assign(process.env, before_, variables);
  };

  before(async () => {
    const python = process.env.MLOPS_PYTHON_AWS;
    assert.ok(python, 'MLOPS_PYTHON_AWS is set by the suite');
    reset();
    double = await startAwsDouble(python);
    fill = fillAws(double.url, world.bucket);
    await fillWorld(fill, folder.path);
    environment = await open();
  });
  beforeEach(reset);
  afterEach(() => double.deny(/^$/));
  after(async () => {
    reset();
    await double?.stop();
    folder.remove();
  });

  for (const key of [
    '/leading.json',
    '//twice.json',
    'odd/12:30:05.json',
    'odd//two.json',
    'odd/a\tb.json',
    'odd/a/../b.json',
  ])
    it(`reads the key ${JSON.stringify(key)} of its own bucket`, async () => {
      await fill.object(key, key);
      assert.equal(utf8(await environment.objects.read(key)), key);
      assert.equal((await environment.objects.head(key))?.size, key.length);
      const { items } = await environment.objects.list(key.slice(0, key.lastIndexOf('/') + 1));
      assert.ok(items.some((one) => one.key === key || key.startsWith(one.key)));
    });

  it('reads what was stored packed as it was before, whole and by parts, and says how long that is', async () => {
    const text = 'a,b\n1,2\n'.repeat(1000);
    const stored = { Bucket: world.bucket, Key: 'packed/days.csv', Body: gzipSync(text), ContentEncoding: 'gzip' };
    await fill.clients.s3.putObject(stored);
    assert.equal(utf8(await environment.objects.read('packed/days.csv')), text);
    assert.equal(utf8(await environment.objects.read('packed/days.csv', { from: 4, maxBytes: 3 })), '1,2');
    assert.equal((await environment.objects.head('packed/days.csv'))?.size, text.length);
    // Whose name says it is unpacked by its readers.
    await fill.clients.s3.putObject({ ...stored, Key: 'packed/days.csv.gz' });
    assert.deepEqual(Buffer.from((await environment.objects.read('packed/days.csv.gz'))!), stored.Body);
  });

  it('says to buckets that want it who pays, where the project says so, and to no other', async () => {
    const how = { kind: 'status', status: 403, code: 'AccessDenied' } as const;
    await fill.object('paid.txt', 'x');
    double.faults.add({ operation: /paid\.txt/, how, unless: { 'x-amz-request-payer': 'requester' } });
    const paying = await open({ requesterPays: true });
    assert.equal(utf8(await paying.objects.read('paid.txt')), 'x');
    assert.equal((await paying.objects.head('paid.txt'))?.size, 1);
    await assert.rejects(environment.objects.read('paid.txt'), MissingRight);
    double.faults.clear();
  });

  describe('that refuses', () => {
    afterEach(() => double.faults.clear());
    const refused = (status: number, code: string, headers: Record<string, string> = {}, fields = '') =>
      double.faults.add({ operation: /refused\.txt/, how: { kind: 'status', status, code, headers, fields } });
    const told = (asked: Environment, pattern: RegExp) =>
      assert.rejects(asked.objects.read('refused.txt'), (error: Error) => {
        assert.ok(!(error instanceof MissingRight), error.message);
        assert.match(error.message, pattern);
        return true;
      });

    it('says that an object is archived, and how it is restored', async () => {
      refused(403, 'InvalidObjectState', {}, '<StorageClass>GLACIER</StorageClass>');
      await told(environment, /archived \(GLACIER\); restore it first: aws s3api restore-object .*--key refused\.txt/);
    });

    it('says that the clock is wrong, and by how much', async () => {
      refused(403, 'RequestTimeTooSkewed', { date: new Date(Date.now() - 20 * 60_000).toUTCString() });
      await told(environment, /clock differs from AWS's \(20 min ahead\); check its time/);
    });

    it('says in which region the bucket lies', async () => {
      refused(400, 'AuthorizationHeaderMalformed', {}, '<Region>eu-west-1</Region>');
      await told(environment, /it lies in region eu-west-1, .*set environments\.prod\.region/);
    });

    it('says that keys of the environment have expired, and which variables to renew', async () => {
      refused(400, 'ExpiredToken');
      await told(environment, /keys in the environment have expired; renew AWS_ACCESS_KEY_ID/);
    });

    it('and gives no other cause names the right that is missing', async () => {
      refused(403, 'AccessDenied');
      await assert.rejects(environment.objects.read('refused.txt'), MissingRight);
    });
  });

  it('counts the rows of a compacted Iceberg group once, and none that was deleted for good', async () => {
    await fill.featureGroup('compacted');
    const lake = join('test', 'fixtures', 'iceberg');
    await fill.clients.s3.createBucket({ Bucket: 'lake' });
    for (const Key of readdirSync(lake, { recursive: true, encoding: 'utf8' }).filter((name) => /\.\w+$/.test(name)))
      await fill.clients.s3.putObject({ Bucket: 'lake', Key, Body: readFileSync(join(lake, Key)) });
    const ResolvedOutputS3Uri = 's3://lake/offline-store/drives-1767225600/data';
    double.features.says('compacted', {
      OfflineStoreConfig: { TableFormat: 'Iceberg', S3StorageConfig: { S3Uri: 's3://lake', ResolvedOutputS3Uri } },
    });
    const group = (await environment.features.describe('compacted'))!;
    const ask = (sql: string) => queryGroup(environment, group, { sql, limit: 9 }, new Date());
    assert.deepEqual((await ask('SELECT count(*) AS n FROM history')).rows, [[4]]);
    const { rows } = await ask('SELECT record_id, area FROM records ORDER BY record_id');
    assert.deepEqual(rows, [
      ['a', 1],
      ['b', 3],
      ['d', 5],
    ]);
  });

  it('tells why a feature group failed, in its description and in the list', async () => {
    const dir = join(folder.path, 'failed');
    await makeProject(dir, double.url);
    double.features.says(world.group, { FeatureGroupStatus: 'CreateFailed', FailureReason: 'the role may not write' });
    assert.equal((await environment.features.describe(world.group))?.reason, 'the role may not write');
    for (const words of [['list'], ['describe', world.group]]) {
      const told = await mlops(['feature-group', ...words, '--env', 'aws-test'], { cwd: dir, env: variables });
      assert.match(told.stdout, /CreateFailed[^]*the role may not write/, told.stderr);
    }
    double.features.says(world.group, {});
  });

  it('tells account and region in a status, and what one missing right leaves unknown', async () => {
    const dir = join(folder.path, 'project');
    await makeProject(dir, double.url);
    const { file } = await loadProject(dir);
    double.deny(/DescribeAlarms|ListEndpoints/);
    const status = await readStatus(file, environment, new Date());
    assert.deepEqual([status.account, status.region], ['123456789012', 'us-east-1']);
    assert.deepEqual(
      status.unknown.map(({ part }) => part),
      ['endpoints', 'alarms'],
    );
    assert.match(status.unknown[1]!.reason, /cloudwatch:DescribeAlarms/);
    assert.equal(status.verdict, 'pass');
    assert.equal(status.stages.length, 6);
  });

  it('names the right that is missing as a field', async () => {
    double.deny(/DescribeAlarms/);
    await assert.rejects(environment.alarms.list(), (error) => {
      assert.ok(error instanceof MissingRight);
      assert.equal(error.action, 'cloudwatch:DescribeAlarms');
      return true;
    });
  });

  describe('signed in by a profile', () => {
    const config = join(folder.path, 'config');
    beforeEach(() => {
      for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) delete process.env[name];
      Object.assign(process.env, { AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: join(folder.path, 'none') });
    });

    it('that is not there is told by its name, beside those that are', async () => {
      writeFileSync(config, '[profile production]\nregion = us-east-1\n');
      const lost = await open({ profile: 'prodution' });
      await assert.rejects(lost.alarms.list(), (error: Error) => {
        assert.ok(error instanceof InputError);
        assert.match(error.message, /found no profile "prodution", expected .*did you mean "production"/);
        return true;
      });
    });

    it('of a name with spaces, which the SDK does not read, is told how to go on', async () => {
      const keys = 'region = us-east-1\naws_access_key_id = TEAM\naws_secret_access_key = s\n';
      writeFileSync(config, `[profile "my team"]\n${keys}[profile my-team]\n${keys}`);
      const spaced = await open({ profile: 'my team' });
      await assert.rejects(spaced.alarms.list(), (error: Error) => {
        assert.ok(error instanceof InputError);
        assert.match(error.message, /profile "my team": found a name with spaces, .*rename it in ~\/\.aws\/config/);
        return true;
      });
      double.forget();
      await (await open({ profile: 'my-team' })).alarms.list();
      assert.ok(double.calls.every(({ signed }) => signed.includes('Credential=TEAM/')));
    });

    it('whose process fails is told by what the process said', async () => {
      const script = join(folder.path, 'keys.cjs');
      writeFileSync(script, 'console.error("the vault is sealed"); process.exit(3);');
      writeFileSync(config, `[profile vault]\ncredential_process = "${process.execPath}" "${script}"\n`);
      const sealed = await open({ profile: 'vault' });
      await assert.rejects(sealed.alarms.list(), (error: Error) => {
        assert.ok(error instanceof BrokenError);
        assert.match(error.message, /the credential_process of profile "vault" failed: the vault is sealed/);
        return true;
      });
    });
  });

  describe('behind a proxy', () => {
    let proxy: Server;
    const asked: string[] = [];
    before(async () => {
      proxy = createServer((from, to) => {
        asked.push(from.url ?? '');
        const on = request(from.url!, { method: from.method, headers: from.headers }, (answer) => {
          to.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(to);
        });
        on.on('error', () => to.destroy());
        from.pipe(on);
      });
      await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
    });
    beforeEach(() => {
      asked.splice(0);
      process.env.HTTP_PROXY = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
      process.env.NO_PROXY = '';
    });
    after(() => {
      proxy.closeAllConnections();
      proxy.close();
    });

    it('goes by it, as the variables of the environment say', async () => {
      await (await open()).alarms.list();
      assert.ok(asked.length > 0 && asked.every((url) => url.startsWith(double.url)), String(asked));
    });

    it('goes past it to hosts that are excepted', async () => {
      process.env.NO_PROXY = new URL(double.url).hostname;
      await (await open()).alarms.list();
      assert.deepEqual(asked, []);
    });
  });
});
