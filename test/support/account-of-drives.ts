import assert from 'node:assert/strict';
import { join } from 'node:path';
import { startAccount, type AccountDouble } from '../doubles/aws/account.js';
import { fillAws, variables, type AwsFill } from '../doubles/aws/fill.js';
import { changeProject, userWithWriting } from './aws-project.js';
import { mlops } from './cli.js';
import { temporaryFolder } from './temporary.js';

export const bucket = 'acme-hdd';
export const role = 'arn:aws:iam::123456789012:role/mlops';
export const image = '123456789012.dkr.ecr.us-east-1.amazonaws.com/mlops:1';

/** The hard-drive project, whose user may write to an account that runs jobs and pipelines too. */
export function accountOfDrives() {
  const folder = temporaryFolder();
  const project = join(folder.path, 'project');
  const config = join(folder.path, 'config');
  const env = { ...variables, XDG_CONFIG_HOME: config };
  let account: AccountDouble;
  let fill: AwsFill;

  before(async () => {
    const python = process.env.MLOPS_PYTHON_AWS;
    assert.ok(python, 'MLOPS_PYTHON_AWS is set by the suite');
    account = await startAccount(python);
    fill = fillAws(account.url, bucket);
    await fill.bucket(bucket);
    const made = await mlops(['init', 'hdd-failure', project, '--sample', '--quiet']);
    assert.equal(made.code, 0, made.stderr);
    const place = { kind: 'aws', region: 'us-east-1', endpointUrl: account.url, bucket, role, image };
    changeProject(project, ['environments', 'prod'], place);
    userWithWriting(config, project, 'hdd-failure', ['prod']);
  });
  after(async () => {
    await account?.stop();
    folder.remove();
  });

  const run = (words: string[]) => mlops([...words, '--env', 'prod'], { cwd: project, env });
  return {
    project,
    env,
    run,
    get account(): AccountDouble {
      return account;
    },
    get fill(): AwsFill {
      return fill;
    },
    json: async <Document>(words: string[]) => {
      const { stdout, stderr, code } = await run([...words, '--json', '--quiet']);
      assert.notEqual(stdout, '', `exit ${code}\n${stderr}`);
      return { code, stderr, document: JSON.parse(stdout) as Document };
    },
    object: async (Key: string) => {
      const { Body } = await fill.clients.s3.getObject({ Bucket: bucket, Key });
      return Body!.transformToString();
    },
  };
}

export type AccountOfDrives = ReturnType<typeof accountOfDrives>;
