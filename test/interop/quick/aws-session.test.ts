import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import https, { type RequestOptions } from 'node:https';
import { join } from 'node:path';
import { openAws } from '../../../src/platform/aws/index.js';
import type { AwsEnvironment, Project } from '../../../src/project/schema.js';
import { startAwsDouble, type AwsDouble } from '../../doubles/aws/double.js';
import { variables } from '../../doubles/aws/fill.js';
import { ssoKey } from '../../doubles/aws/own/sso.js';
import { temporaryFolder } from '../../support/temporary.js';

const roleArn = 'arn:aws:iam::210987654321:role/worker';

describe('signing in to AWS', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const before_ = { ...process.env };
  const config = join(folder.path, 'config');
  const credentials = join(folder.path, 'credentials');
  let double: AwsDouble;

  const open = (entry: Partial<AwsEnvironment> = {}, askMfa?: (device: string) => Promise<string>) => {
    const project = { folder: folder.path, file: { name: 'churn' } } as Project;
    return openAws(project, 'prod', { kind: 'aws', endpointUrl: double.url, bucket: 'b', ...entry }, { askMfa });
  };
  const keysUsed = () => double.calls.map(({ signed }) => /Credential=(\w+)/.exec(signed)?.[1]);
  const section = (name: string, key: string) => `[${name}]\naws_access_key_id = ${key}\naws_secret_access_key = s\n`;
  /** The clock of a file system may be coarser than a test is fast. */
  let age = 0;
  const write = (path: string, text: string) => {
    writeFileSync(path, text);
    age += 2;
    utimesSync(path, new Date(), new Date(Date.now() + age * 1000));
  };

  before(async () => {
    const python = process.env.MLOPS_PYTHON_AWS;
    assert.ok(python, 'MLOPS_PYTHON_AWS is set by the suite');
    double = await startAwsDouble(python);
  });
  beforeEach(() => {
    for (const name of Object.keys(process.env)) if (!(name in before_)) delete process.env[name];
    const { AWS_REGION, AWS_EC2_METADATA_DISABLED } = variables;
    const files = { AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: credentials };
    Object.assign(process.env, { AWS_REGION, AWS_EC2_METADATA_DISABLED, ...files });
    write(config, '');
    write(credentials, '');
    double.forget();
  });
  after(async () => {
    for (const name of Object.keys(process.env)) if (!(name in before_)) delete process.env[name];
    await double?.stop();
    folder.remove();
  });

  it('takes on a role, asking for the code of its MFA device once', async () => {
    write(credentials, section('base', 'BASE'));
    const device = 'arn:aws:iam::123456789012:mfa/ana';
    write(config, `[profile worker]\nrole_arn = ${roleArn}\nsource_profile = base\nmfa_serial = ${device}\n`);
    const asked: string[] = [];
    const environment = await open({ profile: 'worker' }, (device) => {
      asked.push(device);
      return Promise.resolve('123456');
    });
    await Promise.all([environment.features.list(), environment.alarms.list(), environment.objects.buckets()]);
    assert.deepEqual(asked, [device]);
    assert.equal(keysUsed()[0], 'BASE');
    assert.equal(keysUsed().filter((key) => key === 'BASE').length, 1);
  });

  it('hands the session that came of a code over to a process that cannot ask, for that profile alone', async () => {
    write(credentials, section('base', 'BASE'));
    const role = `role_arn = ${roleArn}\nsource_profile = base\nmfa_serial = m\n`;
    write(config, `[profile worker]\n${role}\n[profile another]\n${role}`);
    const asking = await open({ profile: 'worker' }, () => Promise.resolve('123456'));
    assert.deepEqual(await asking.forProcess!(), {}, 'nobody was asked yet');
    await asking.alarms.list();
    Object.assign(process.env, await asking.forProcess!());
    await (await open({ profile: 'worker' })).alarms.list();
    const used = keysUsed();
    assert.equal(used.at(-1), used.at(-2));
    assert.equal(double.calls.filter(({ operation }) => operation === 'AssumeRole').length, 1);
    await assert.rejects((await open({ profile: 'another' })).alarms.list(), /cannot sign in with profile another/);
  });

  it('says what is missing when nobody can be asked for a code', async () => {
    write(credentials, section('base', 'BASE'));
    write(config, `[profile worker]\nrole_arn = ${roleArn}\nsource_profile = base\nmfa_serial = m\n`);
    const environment = await open({ profile: 'worker' });
    await assert.rejects(environment.alarms.list(), /cannot sign in with profile worker: .*(MFA|multi-factor)/i);
  });

  it('asks a program for credentials', async () => {
    const answer = JSON.stringify({ Version: 1, AccessKeyId: 'PROCESS', SecretAccessKey: 's' });
    const script = join(folder.path, 'credentials.cjs');
    writeFileSync(script, `process.stdout.write(${JSON.stringify(answer)})`);
    write(config, `[profile program]\ncredential_process = "${process.execPath}" "${script}"\n`);
    await (await open({ profile: 'program' })).alarms.list();
    assert.deepEqual(keysUsed(), ['PROCESS']);
  });

  it('takes on a role by a web identity', async () => {
    const token = join(folder.path, 'token');
    writeFileSync(token, 'a.b.c');
    Object.assign(process.env, { AWS_ROLE_ARN: roleArn, AWS_WEB_IDENTITY_TOKEN_FILE: token });
    const environment = await open();
    await environment.alarms.list();
    assert.equal(double.calls[0]?.operation, 'AssumeRoleWithWebIdentity');
  });

  it('takes the keys of the environment where no profile is named', async () => {
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'ENVIRONMENT', AWS_SECRET_ACCESS_KEY: 's' });
    await (await open()).alarms.list();
    assert.deepEqual(keysUsed(), ['ENVIRONMENT']);
  });

  it('takes on a role by a web identity that a profile names', async () => {
    const token = join(folder.path, 'token');
    writeFileSync(token, 'a.b.c');
    write(config, `[profile pod]\nrole_arn = ${roleArn}\nweb_identity_token_file = ${token}\n`);
    await (await open({ profile: 'pod' })).alarms.list();
    assert.equal(double.calls[0]?.operation, 'AssumeRoleWithWebIdentity');
    assert.match(keysUsed().at(-1)!, /^ASIA/);
  });

  it('takes on a role by way of another role', async () => {
    write(credentials, section('base', 'BASE'));
    const first = 'arn:aws:iam::123456789012:role/first';
    const roles = [
      `[profile first]\nrole_arn = ${first}\nsource_profile = base\n`,
      `[profile second]\nrole_arn = ${roleArn}\nsource_profile = first\n`,
    ];
    write(config, roles.join('\n'));
    await (
      await open({ profile: 'second' })
    ).account!();
    const operations = double.calls.map(({ operation }) => operation);
    assert.deepEqual(operations, ['AssumeRole', 'AssumeRole', 'GetCallerIdentity']);
    assert.equal(keysUsed()[0], 'BASE');
    assert.equal(new Set(keysUsed()).size, 3, 'each link of the chain signs with its own keys');
  });

  describe('by IAM Identity Center', () => {
    const cache = join(folder.path, '.aws', 'sso', 'cache');
    const minutes = (count: number) => new Date(Date.now() + count * 60_000).toISOString();
    const signedIn = (session: string, token: object) => {
      mkdirSync(cache, { recursive: true });
      write(join(cache, `${createHash('sha1').update(session).digest('hex')}.json`), JSON.stringify(token));
      // The SDK tells a person's tokens by the folder, whose clock may be coarse too.
      age += 2;
      utimesSync(cache, new Date(), new Date(Date.now() + age * 1000));
    };
    const profile = (session: string) =>
      `[profile ${session}]\nsso_session = ${session}\nsso_account_id = 123456789012\nsso_role_name = Analyst\n\n` +
      `[sso-session ${session}]\nsso_start_url = https://acme.awsapps.com/start\nsso_region = eu-central-1\n`;
    const registered = { clientId: 'c', clientSecret: 's', registrationExpiresAt: minutes(9999) };

    beforeEach(() => {
      process.env.HOME = folder.path;
      double.sso.asked.splice(0);
      double.sso.tokens = new Set(['good', 'renewed']);
      double.sso.refresh = new Map([['again', 'renewed']]);
    });
    after(() => {
      process.env.HOME = before_.HOME;
    });

    it('works with the token that a sign-in left', async () => {
      write(config, profile('acme'));
      signedIn('acme', { accessToken: 'good', expiresAt: minutes(60) });
      await (await open({ profile: 'acme' })).alarms.list();
      assert.deepEqual(double.sso.asked, [{ account: '123456789012', role: 'Analyst', token: 'good' }]);
      assert.equal(keysUsed().at(-1), ssoKey);
    });

    it('renews a token that nears its end, without a new sign-in', async () => {
      write(config, profile('renewing'));
      signedIn('renewing', { accessToken: 'old', expiresAt: minutes(1), refreshToken: 'again', ...registered });
      await (await open({ profile: 'renewing' })).alarms.list();
      assert.deepEqual(
        double.sso.asked.map(({ token }) => token),
        ['renewed'],
      );
    });

    const tellsToSignIn =
      /^environment prod \(us-east-1, profile \w+\): the sign-in has expired; renew it with: aws sso login --profile (\w+)$/;
    for (const [what, session, token] of [
      ['has expired', 'expired', { accessToken: 'good', expiresAt: minutes(-5) }],
      [
        'has expired and is not renewed',
        'lapsed',
        { accessToken: 'good', expiresAt: minutes(-5), refreshToken: 'no', ...registered },
      ],
      ['was revoked', 'revoked', { accessToken: 'bad', expiresAt: minutes(60) }],
      ['was never there', 'absent', undefined],
    ] as const)
      it(`says in one line how to sign in when the token ${what}`, async () => {
        write(config, profile(session));
        if (token) signedIn(session, token);
        const environment = await open({ profile: session });
        await assert.rejects(environment.alarms.list(), ({ message }: Error) => {
          assert.equal(tellsToSignIn.exec(message)?.[1], session, message);
          return true;
        });
        signedIn(session, { accessToken: 'good', expiresAt: minutes(60) });
        await environment.alarms.list();
      });

    it('asks the portal in its own region, not in that of the environment', async () => {
      write(config, profile('far'));
      signedIn('far', { accessToken: 'good', expiresAt: minutes(60) });
      const hosts: string[] = [];
      const own = https.request;
      https.request = ((options: RequestOptions) => {
        hosts.push(String(options.host ?? options.hostname));
        throw new Error('not from here');
      }) as typeof own;
      try {
        await assert.rejects((await open({ profile: 'far', endpointUrl: undefined })).alarms.list());
      } finally {
        https.request = own;
      }
      assert.equal(hosts[0], 'portal.sso.eu-central-1.amazonaws.com');
    });
  });

  it('notices that the files changed, and whose account it is now', async () => {
    write(credentials, section('work', 'FIRST'));
    const environment = await open({ profile: 'work' });
    await environment.alarms.list();
    await environment.account!();
    await environment.account!();
    assert.equal(double.calls.filter(({ operation }) => operation === 'GetCallerIdentity').length, 1);
    write(credentials, section('work', 'SECOND'));
    await environment.alarms.list();
    await environment.account!();
    assert.equal(keysUsed().at(-2), 'SECOND');
    assert.equal(double.calls.filter(({ operation }) => operation === 'GetCallerIdentity').length, 2);
  });

  it("takes the profile's own region, also when it was changed meanwhile", async () => {
    delete process.env.AWS_REGION;
    write(credentials, section('work', 'WORK'));
    for (const region of ['eu-west-1', 'ap-south-1']) {
      write(config, `[profile work]\nregion = ${region}\n`);
      assert.equal((await open({ profile: 'work' })).region, region);
    }
  });

  it("does not use the environment's keys for a profile that mlops.json names", async () => {
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'OTHER', AWS_SECRET_ACCESS_KEY: 's' });
    write(credentials, section('work', 'WORK'));
    await (await open({ profile: 'work' })).alarms.list();
    assert.deepEqual(keysUsed(), ['WORK']);
  });
});
