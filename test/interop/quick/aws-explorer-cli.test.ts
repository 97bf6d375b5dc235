import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startAwsDouble, type AwsDouble } from '../../doubles/aws/double.js';
import { fillAws, variables, type AwsFill } from '../../doubles/aws/fill.js';
import { fillWorld, handOverWorld, makeProject, world } from '../../doubles/aws/world.js';
import { changeProject, userWithWriting } from '../../support/aws-project.js';
import { mlops } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';

describe('mlops in an AWS account', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  const project = join(folder.path, 'project');
  const config = join(folder.path, 'config');
  const env = { ...variables, XDG_CONFIG_HOME: config };
  let double: AwsDouble;
  let fill: AwsFill;

  const run = (...words: string[]) => mlops([...words, '--env', 'aws-test'], { cwd: project, env });
  const json = async <Document>(...words: string[]): Promise<Document> => {
    const { stdout, stderr } = await run(...words, '--json');
    assert.notEqual(stdout, '', stderr);
    return JSON.parse(stdout) as Document;
  };

  before(async () => {
    const python = process.env.MLOPS_PYTHON_AWS;
    assert.ok(python, 'MLOPS_PYTHON_AWS is set by the suite');
    double = await startAwsDouble(python);
    fill = fillAws(double.url, world.bucket);
    await fillWorld(fill, folder.path);
    await handOverWorld(fill, world.project, 'aws-test');
    await fill.alarm('theirs');
    await fill.schedule('served-quality', world.endpoint);
    double.schedules.ran('served-quality', 'CompletedWithViolations');
    await makeProject(project, double.url);
    userWithWriting(config, project, world.project, ['aws-test']);
  });
  after(async () => {
    await double?.stop();
    folder.remove();
  });

  it('endpoint show says machines, cost, use and schedules, for people and for programs', async () => {
    const { stdout } = await run('endpoint', 'show', world.endpoint);
    assert.match(stdout, /serves +what was asked for/);
    assert.match(stdout, /cost +about \$0\.12 an hour \(prices of \d{4}-\d\d, us-east-1\)/);
    assert.match(stdout, /AllTraffic +v1 +100 % +1 × ml\.m5\.large/);
    assert.match(stdout, /served-quality +DataQuality +cron\(0 \* \? \* \* \*\) +last completed with violations/);
    const found = await json<Record<string, unknown>>('endpoint', 'show', world.endpoint);
    assert.deepEqual([found.kind, found.schemaVersion, found.hourlyCost, found.ours], ['endpoint', 1, 0.115, true]);
    assert.equal(found.modelVersion, 'v1');
  });

  it('endpoint list tells the project’s from those of others', async () => {
    await fill.clients.sagemaker.createEndpoint({
      ...{ EndpointName: 'another', EndpointConfigName: `${world.endpoint}-config` },
    });
    const { stdout } = await run('endpoint', 'list');
    assert.match(stdout, new RegExp(`${world.endpoint} +InService +this project`));
    assert.match(stdout, /another +InService +others/);
  });

  it('endpoint scale wants the name typed, and says what it did', async () => {
    const refused = await run('endpoint', 'scale', world.endpoint, '--instances', '2', '--yes');
    assert.equal(refused.code, 5, refused.stderr);
    assert.match(refused.stderr, /--confirm hdd-failure/);
    const words = ['endpoint', 'scale', world.endpoint, '--instances', '2', '--yes', '--confirm', world.endpoint];
    const { code, stdout, stderr } = await run(...words);
    assert.equal(code, 0, stderr);
    assert.equal(stdout.trim(), 'hdd-failure AllTraffic: 1 -> 2 machines');
    const wrong = await run(...words.map((word) => (word === '2' ? '0' : word)));
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr, /a whole number above 0/);
  });

  it("alarm list has the project's, and all with --all; one alarm is a document with its history", async () => {
    const names = async (...words: string[]) => {
      const { alarms } = await json<{ alarms: { name: string }[] }>('alarm', 'list', ...words);
      return alarms.map(({ name }) => name);
    };
    assert.deepEqual(await names(), [world.alarm]);
    assert.deepEqual(await names('--all'), [world.alarm, 'theirs']);
    assert.match((await run('alarm', 'list')).stderr, /1 alarm of others in the account left out; add --all/);
    await fill.clients.cloudwatch.setAlarmState({ AlarmName: 'theirs', StateValue: 'ALARM', StateReason: 'crossed' });
    const found = await json<{ kind: string; state: string; history: { to: string }[] }>('alarm', 'show', 'theirs');
    assert.deepEqual([found.kind, found.state, found.history[0]?.to], ['alarm', 'ALARM', 'ALARM']);
  });

  it('feature-group query shows rows of how many, writes the whole, and names what is wrong', async () => {
    const query = (sql: string, ...words: string[]) =>
      run('feature-group', 'query', world.group, '--sql', sql, ...words);
    const out = join(folder.path, 'out.csv');
    const { stdout, stderr, code } = await query('SELECT record_id FROM history', '--limit', '2', '--out', out);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /Showing 2 of 3 rows; the whole result: .*out\.csv/);
    assert.equal(readFileSync(out, 'utf8').trim().split('\n').length, 4);
    const wrong = await query('SELECT * FROM recrods');
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr, /--sql, line 1: .*recrods/);
    assert.match(
      (await query('SELECT 1', '--out', 'x.xlsx')).stderr,
      /--out: found x\.xlsx, expected .*\.csv or \.parquet/,
    );
    assert.match((await query('SELECT 1', '--with', 'spark')).stderr, /--with: found "spark"/);
    const by = await query('SELECT 1', '--with', 'athena', '--json');
    assert.equal(by.code, 0, by.stderr);
    assert.equal((JSON.parse(by.stdout) as { engine: string }).engine, 'athena');
  });

  it('apply shows the lifecycle rules that it would make, makes them beside those of others, and takes them away', async () => {
    const { s3, cloudwatch } = fill.clients;
    // Somebody else's, of a name that the project wants.
    await cloudwatch.deleteAlarms({ AlarmNames: [world.alarm] });
    const theirs = { ID: 'theirs', Status: 'Enabled' as const, Filter: { Prefix: 'x/' }, Expiration: { Days: 1 } };
    await s3.putBucketLifecycleConfiguration({ Bucket: world.bucket, LifecycleConfiguration: { Rules: [theirs] } });
    const ids = async () =>
      (await s3.getBucketLifecycleConfiguration({ Bucket: world.bucket })).Rules!.map(({ ID, Filter }) => [
        ...[ID, Filter?.Prefix],
      ]);
    const lifecycle = ['environments', 'aws-test', 'lifecycle'];
    changeProject(project, lifecycle, { captureDays: 30, monitoringDays: 90, noncurrentDays: 7 });
    const diff = await run('apply', '--diff');
    assert.match(
      diff.stdout,
      /lifecycle rules:\n +\+ add mlops:hdd-failure:aws-test:capture\n +monitoring\/data-capture\/hdd-failure\/: objects go after 30 days/,
    );
    assert.equal((await ids()).length, 1);
    const apply = () => run('apply', '--yes', '--confirm', world.project);
    const Key = 'monitoring/runs/theirs/monitoring_results.json';
    await s3.putObject({ Bucket: world.bucket, Key, Body: '{}' });
    const refused = await apply();
    await s3.deleteObject({ Bucket: world.bucket, Key });
    assert.equal(refused.code, 5, refused.stderr);
    assert.match(refused.stderr, new RegExp(`lifecycle: ${Key} was not written by this project .* would delete it`));
    assert.equal((await ids()).length, 1);
    const applied = await apply();
    assert.equal(applied.code, 0, applied.stderr);
    const own = (name: string) => `mlops:hdd-failure:aws-test:${name}`;
    assert.deepEqual((await ids()).sort(), [
      [own('capture'), 'monitoring/data-capture/hdd-failure/'],
      [own('drift-reports'), 'monitoring/drift/'],
      [own('noncurrent'), ''],
      [own('results'), 'monitoring/runs/'],
      [own('retrain-triggers'), 'monitoring/retrain-triggers/'],
      ['theirs', 'x/'],
    ]);
    changeProject(project, [...lifecycle, 'captureDays'], 60);
    assert.match(
      (await run('apply', '--diff')).stdout,
      /~ change mlops:hdd-failure:aws-test:capture\n +expireDays: 30 -> 60/,
    );
    changeProject(project, lifecycle, undefined);
    assert.equal((await apply()).code, 0);
    assert.deepEqual(await ids(), [['theirs', 'x/']]);
  });
});
