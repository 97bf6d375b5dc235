import assert from 'node:assert/strict';
import { changeProject } from '../../support/aws-project.js';
import { mlops, mlopsJson } from '../../support/cli.js';
import { madeProject, type MadeProject } from '../../support/projects.js';

interface Applied {
  applied: boolean;
  alarms: { name: string; change: string; details: string[] }[];
  dashboards: object[];
}

describe('alarms as mlops.json asks for them, on this machine', function () {
  this.timeout(60_000);
  let made: MadeProject;
  before(async () => (made = await madeProject('house-prices', '--sample')));
  after(() => made?.remove());

  const run = (...words: string[]) => mlops([...words, '--project', made.folder]);
  const json = <Document>(...words: string[]) => mlopsJson<Document>([...words, '--project', made.folder]);
  const names = async () =>
    (await json<{ alarms: { definition: { name: string } }[] }>('alarm', 'list')).alarms.map(
      ({ definition }) => definition.name,
    );

  it('are shown by --diff, and made only when somebody says yes', async () => {
    const shown = await run('apply', '--diff');
    assert.match(shown.stdout, /\+ add house-prices-NoInvocations/);
    const unasked = await run('apply');
    assert.equal(unasked.code, 5);
    assert.match(unasked.stderr, /nobody confirmed it; add: --yes/);
    assert.deepEqual(await names(), []);
    const { applied, alarms } = await json<Applied>('apply', '--yes');
    assert.equal(applied, true);
    assert.equal(alarms.length, 10);
    assert.equal((await names()).length, 10);
  });

  it('change with mlops.json, which the difference tells exactly', async () => {
    const nothing = await json<Applied>('apply', '--yes');
    assert.equal(nothing.applied, false);
    const alarm = {
      ...{ name: 'house-prices-NoInvocations', namespace: 'AWS/SageMaker', metric: 'Invocations', statistic: 'Sum' },
      ...{ dimensions: { EndpointName: 'house-prices', VariantName: 'AllTraffic' }, period: 300, evaluationPeriods: 3 },
      ...{ operator: '<', threshold: 10, missing: 'breaching', unit: 'Count' },
    };
    changeProject(made.folder, ['alarms'], [alarm]);
    const { alarms } = await json<Applied>('apply', '--yes');
    const [first, ...others] = alarms;
    assert.deepEqual(first, { name: alarm.name, change: 'change', details: ['threshold: 1 -> 10'] });
    assert.deepEqual(new Set(others.map(({ change }) => change)), new Set(['remove']));
    assert.deepEqual(await names(), [alarm.name]);
  });

  it('go with cleanup, which lists first and leaves the data', async () => {
    const dry = await run('cleanup', '--dry-run');
    assert.match(dry.stdout, /alarm +house-prices-NoInvocations/);
    assert.equal((await names()).length, 1);
    assert.equal((await run('cleanup')).code, 5);
    const cleaned = await json<{ deleted: boolean; resources: object[] }>('cleanup', '--yes');
    assert.deepEqual([cleaned.deleted, cleaned.resources.length], [true, 1]);
    assert.deepEqual(await names(), []);
  });
});

describe('the pipeline of a project without an account', () => {
  it('is printed, with what is not known left to its execution', async () => {
    const made = await madeProject('house-prices');
    const { code, stdout } = await mlops(['pipeline', 'export', '--to', 'sagemaker', '--project', made.folder]);
    const registered = await mlops(['pipeline', 'register', '--diff', '--project', made.folder]);
    const elsewhere = await mlops(['pipeline', 'export', '--to', 'cron', '--project', made.folder]);
    await made.remove();
    assert.equal(code, 0);
    const { Parameters } = JSON.parse(stdout) as { Parameters: { Name: string; DefaultValue?: string }[] };
    const open = Parameters.filter(({ DefaultValue }) => DefaultValue === undefined).map(({ Name }) => Name);
    assert.deepEqual(open, ['BucketName', 'SageMakerRole', 'ImageUri']);
    assert.equal(registered.code, 2);
    assert.match(registered.stderr, /environment local has no pipelines; expected one in AWS, add: --env NAME/);
    assert.equal(elsewhere.code, 2);
    assert.match(elsewhere.stderr, /found "cron", expected one of "sagemaker", "airflow", "github-actions"/);
  });
});
