import assert from 'node:assert/strict';
import { join } from 'node:path';
import { startAwsDouble, type AwsDouble } from '../../doubles/aws/double.js';
import { fillAws, variables } from '../../doubles/aws/fill.js';
import { fillWorld, makeProject, world } from '../../doubles/aws/world.js';
import { changeProject } from '../../support/aws-project.js';
import { mlops } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';

interface Permission {
  action: string;
  resource: string;
  for: string;
  allowed: boolean | null;
  reason?: string;
}
interface Policy {
  Version: string;
  Statement: { Sid: string; Effect: string; Action: string[]; Resource: string | string[] }[];
}

describe('the doctor of an AWS environment', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const project = join(folder.path, 'project');
  const env = { ...variables, XDG_CONFIG_HOME: join(folder.path, 'config') };
  let double: AwsDouble;

  const doctor = (...words: string[]) => mlops(['doctor', '--env', 'aws-test', ...words], { cwd: project, env });
  const permissions = async (): Promise<Permission[]> => {
    const { stdout, stderr } = await doctor('--json');
    return (JSON.parse(stdout || stderr) as { permissions: Permission[] }).permissions;
  };

  before(async () => {
    const python = process.env.MLOPS_PYTHON_AWS;
    assert.ok(python, 'MLOPS_PYTHON_AWS is set by the suite');
    double = await startAwsDouble(python);
    await fillWorld(fillAws(double.url, world.bucket), folder.path);
    await makeProject(project, double.url);
  });
  beforeEach(() => {
    double.deny(/^$/);
    double.forbid(/^$/);
    double.forget();
  });
  after(async () => {
    await double?.stop();
    folder.remove();
  });

  it('tries what reads, asks IAM about what writes, and changes nothing', async () => {
    const all = await permissions();
    const of = (action: string) => all.find((one) => one.action === action);
    assert.equal(of('s3:GetObject')?.allowed, true);
    assert.equal(of('sagemaker:DescribeEndpoint')?.allowed, true);
    assert.equal(of('s3:PutObject')?.allowed, true);
    assert.equal(of('s3:PutObject')?.for, 'write');
    assert.deepEqual(
      all.filter(({ allowed }) => allowed === false),
      [],
    );
    assert.deepEqual(
      double.calls.filter(({ mutating }) => mutating),
      [],
    );
  });

  it('names each right that is missing, and fails for one to read alone', async () => {
    double.deny(/DescribeAlarms$/);
    double.forbid(/CreateEndpoint$/);
    const all = await permissions();
    const missing = all.filter(({ allowed }) => allowed === false).map(({ action }) => action);
    assert.deepEqual(missing, ['cloudwatch:DescribeAlarms', 'sagemaker:CreateEndpoint']);
    const { code, stdout } = await doctor();
    assert.equal(code, 4);
    assert.match(stdout, /✗ +read +cloudwatch:DescribeAlarms .*missing/);
    double.deny(/^$/);
    assert.equal((await doctor()).code, 0);
  });

  it('knows the rights for schedules, lifecycle rules and queries too', async () => {
    double.deny(/ListMonitoringSchedules|[?&]lifecycle/);
    double.forbid(/StartQueryExecution|PutLifecycleConfiguration/);
    const missing = (await permissions()).filter(({ allowed }) => allowed === false).map(({ action }) => action);
    assert.deepEqual(missing.sort(), [
      'athena:StartQueryExecution',
      's3:GetLifecycleConfiguration',
      's3:PutLifecycleConfiguration',
      'sagemaker:ListMonitoringSchedules',
    ]);
  });

  it('asks about the rights of jobs, pipelines and dashboards where the project has them', async () => {
    const jobs = { role: 'arn:aws:iam::123456789012:role/jobs', kmsKey: 'alias/mlops' };
    changeProject(project, ['environments', 'aws-test', 'jobs'], jobs);
    try {
      const all = await permissions();
      const of = (action: string, resource = '') =>
        all.find((one) => one.action === action && one.resource.includes(resource));
      for (const action of ['sagemaker:CreateProcessingJob', 'sagemaker:CreateTrainingJob', 'kms:CreateGrant'])
        assert.deepEqual([of(action)?.for, of(action)?.allowed], ['write', true], action);
      assert.equal(of('iam:PassRole', ':role/jobs')?.allowed, true);
      for (const action of ['sagemaker:DescribeTrainingJob', 'cloudwatch:GetDashboard', 'sagemaker:DescribePipeline'])
        assert.deepEqual([of(action)?.for, of(action)?.allowed], ['read', true], JSON.stringify(of(action)));
      assert.deepEqual(
        double.calls.filter(({ mutating }) => mutating),
        [],
      );
      double.forbid(/CreateProcessingJob|PassRole/);
      double.deny(/ListTrainingJobs/);
      const missing = (await permissions()).filter(({ allowed }) => allowed === false).map(({ action }) => action);
      const expected = ['iam:PassRole', 'iam:PassRole', 'sagemaker:CreateProcessingJob', 'sagemaker:ListTrainingJobs'];
      assert.deepEqual(missing.sort(), expected);
    } finally {
      changeProject(project, ['environments', 'aws-test', 'jobs'], undefined);
    }
  });

  it('says what it could not find out', async () => {
    double.deny(/Simulate/);
    const put = (await permissions()).find(({ action }) => action === 's3:PutObject');
    assert.equal(put?.allowed, null);
    assert.match(put.reason ?? '', /iam:SimulatePrincipalPolicy/);
  });

  it('prints the smallest policy with real names, to look or to do everything', async () => {
    const policyOf = async (kind: string) => JSON.parse((await doctor('--policy', kind)).stdout) as Policy;
    const actionsIn = ({ Statement }: Policy) => Statement.flatMap(({ Action }) => Action);
    const read = await policyOf('read');
    const full = await policyOf('full');
    assert.equal(read.Version, '2012-10-17');
    assert.deepEqual(
      actionsIn(read).filter((action) => /:(Put|Create|Update|Delete|Add|Pass|Abort)/.test(action)),
      [],
    );
    assert.ok(actionsIn(full).includes('iam:PassRole'));
    const text = JSON.stringify(full);
    assert.match(text, new RegExp(`arn:aws:s3:::${world.bucket}/\\*`));
    assert.match(text, new RegExp(`arn:aws:sagemaker:us-east-1:123456789012:endpoint/${world.endpoint}`));
    assert.equal((await doctor('--policy', 'all')).code, 2);
  });

  it('prints the rights to the feature groups that the environment names', async () => {
    changeProject(project, ['environments', 'aws-test', 'featureGroups'], { train: 'of-notebooks-train' });
    const { stdout } = await doctor('--policy', 'full');
    changeProject(project, ['environments', 'aws-test', 'featureGroups'], undefined);
    for (const action of ['CreateFeatureGroup', 'UpdateFeatureGroup', 'DeleteFeatureGroup', 'AddTags'])
      assert.ok(
        (JSON.parse(stdout) as Policy).Statement.some(
          (one) => one.Action.includes(`sagemaker:${action}`) && JSON.stringify(one).includes('/of-notebooks-train"'),
        ),
        action,
      );
  });

  it('asks for no right that the policy would not give', async () => {
    const { stdout } = await doctor('--policy', 'full');
    const given = new Set((JSON.parse(stdout) as Policy).Statement.flatMap(({ Action }) => Action));
    for (const { action } of await permissions()) assert.ok(given.has(action), action);
  });
});
