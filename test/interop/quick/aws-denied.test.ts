import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BrokenError, messageOf } from '../../../src/common/errors.js';
import { openAws } from '../../../src/platform/aws/index.js';
import type { Environment, Writers } from '../../../src/platform/ports/environment.js';
import type { Project } from '../../../src/project/schema.js';
import { versionOf } from '../../contract/writing.js';
import { startAwsDouble, type AwsDouble } from '../../doubles/aws/double.js';
import { fillAws, variables, type AwsFill } from '../../doubles/aws/fill.js';
import { fillWorld, handOverWorld, world } from '../../doubles/aws/world.js';
import { temporaryFolder } from '../../support/temporary.js';

const at = new Date('2026-11-21T09:00:00Z');
const alarm = {
  ...{ name: `${world.project}-denied`, namespace: 'Denied', metric: 'Errors', dimensions: {}, statistic: 'Sum' },
  ...{ period: 60, evaluationPeriods: 1, operator: '>=' as const, threshold: 1, missing: 'missing' as const },
};
const metric = { ...alarm, from: at, to: new Date(at.getTime() + 60_000) };
const entry = { kind: 'ledger-entry', schemaVersion: 1, at: at.toISOString(), who: 'test', what: 'deploy', why: '' };
const group = { name: `${world.project}-denied`, recordId: 'record_id', eventTime: 'event_time' };
const endpoint = (capture: number) => ({
  ...{ name: world.endpoint, group: world.project, capture },
  variants: [{ name: 'AllTraffic', modelVersion: 'v1', weight: 1 }],
});

type Work = (environment: Environment, writers: Writers, turn: number, file: () => string) => Promise<unknown>;
/** Everything an environment does, so that each call of each can be denied; to be done again and again. */
const works: Record<string, Work> = {
  'lists buckets': ({ objects }) => objects.buckets(),
  'lists objects': ({ objects }) => objects.list(''),
  'reads an object': ({ objects }) => objects.read(world.results),
  'fetches an object': ({ objects }) => objects.file(world.results),
  'lists feature groups': ({ features }) => features.list(),
  'reads a feature group': ({ features }) => features.files(world.group),
  'lists model groups': ({ registry }) => registry.groups(),
  'lists versions': ({ registry }) => registry.list(world.project),
  'gets a version': ({ registry }) => registry.get(world.project, 'v1'),
  'lists endpoints': ({ endpoints }) => endpoints.list(),
  'describes an endpoint': ({ endpoints }) => endpoints.describe(world.endpoint),
  'asks an endpoint': ({ endpoints }) => endpoints.invoke(world.endpoint, { body: '1', contentType: 'text/csv' }),
  'reads logs': ({ endpoints }) => endpoints.logs(world.endpoint),
  'reads a metric': ({ metrics }) => metrics.query(metric),
  'lists alarms': ({ alarms }) => alarms.list(),
  "reads an alarm's history": ({ alarms }) => alarms.history(world.alarm),
  'puts an object': (_, { objects }) => objects.put('denied.txt', 'x'),
  'puts a large file': (_, { objects }, _turn, file) => objects.putFile('denied.bin', file()),
  'removes an object': (_, { objects }) => objects.remove('denied.txt'),
  'defines a feature group': (_, { features }, turn) =>
    features.define({ ...group, features: [{ name: `f${turn}`, type: 'Fractional' }] }),
  'registers a version': async (_, { registry }) => {
    const version = await registry.nextVersion(world.project);
    await registry.register(versionOf(world.project, version));
  },
  'rejects a version': (_, { registry }) => registry.setStatus(world.project, 'v1', 'Rejected', 'because'),
  'deploys anew': (_, { endpoints }, turn) =>
    endpoints.deploy({ ...endpoint(0.01 * (1 + (turn % 90))), name: `${world.endpoint}` }),
  'stores a metric': (_, { metrics }) => metrics.put('Denied', [{ metric: 'E', dimensions: {}, value: 1, at }]),
  'makes an alarm': (_, { alarms }, turn) => alarms.put([{ ...alarm, threshold: turn }]),
  'removes an alarm': async (_, { alarms }) => {
    await alarms.put([{ ...alarm, name: `${alarm.name}-2` }]);
    await alarms.remove([`${alarm.name}-2`]);
  },
  'writes the ledger': (_, { ledger }) => ledger.append(entry as Parameters<Writers['ledger']['append']>[0]),
  'reads monitoring schedules': ({ cloud }) => cloud!.schedules.list(world.endpoint),
  'reads lifecycle rules': ({ cloud }) => cloud!.lifecycle.read(),
  'puts lifecycle rules': (_, { cloud }, turn) =>
    cloud!.lifecycle.put([{ id: `mlops:${world.project}:prod:capture`, prefix: 'a/', expireDays: turn }]),
  'scales an endpoint': (_, { cloud }, turn) => cloud!.fleet.scale(world.endpoint, { instances: 1 + (turn % 7) }),
  'queries by Athena': (_, { cloud }) => cloud!.queries.featureGroup(world.group, 'SELECT 1'),
  'holds the lease': async (_, { lease }) => (await lease.acquire('denied')).release(),
};

/** A pattern for all calls of that kind: named operations, and S3's by method and what the SDK calls them. */
function kindOf(operation: string): string {
  if (/^\w+$/.test(operation)) return `^${operation}$`;
  const [method, path = ''] = operation.split(' ');
  const said = /x-id=\w+|list-type=2|[?&]uploads/.exec(path)?.[0] ?? (path.includes('uploadId') ? 'uploadId' : '');
  return `^${method} .*${said.replace('?', '\\?')}`;
}

describe('a user with few rights', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  const before_ = { ...process.env };
  let double: AwsDouble;
  let environment: Environment;
  let allowed: Set<string>;
  let fill: AwsFill;
  let turn = 0;
  const file = () => {
    const path = join(folder.path, 'large.bin');
    writeFileSync(path, Buffer.alloc(17 * 2 ** 20, 'x'));
    return path;
  };

  before(async () => {
    const python = process.env.MLOPS_PYTHON_AWS;
    assert.ok(python, 'MLOPS_PYTHON_AWS is set by the suite');
    Object.assign(process.env, variables);
    double = await startAwsDouble(python);
    fill = fillAws(double.url, world.bucket);
    await fillWorld(fill, folder.path);
    await handOverWorld(fill, world.project, 'prod');
    await fill.schedule('served-quality', world.endpoint);
    const role = 'arn:aws:iam::123456789012:role/test';
    const place = { kind: 'aws', endpointUrl: double.url, bucket: world.bucket, role, image: 'serve:1' } as const;
    const endpoint = { name: world.endpoint, instance: 'ml.m5.large' };
    const file = { name: world.project, endpoint, environments: { prod: place } };
    const project = { folder: folder.path, file } as unknown as Project;
    environment = await openAws(project, 'prod', place, { allowed: () => ['prod'] });
    await environment.account!();
    const policy = (await environment.access!.policy('full')) as { Statement: { Action: string[] }[] };
    allowed = new Set(policy.Statement.flatMap(({ Action }) => Action));
  });
  after(async () => {
    for (const name of Object.keys(process.env)) if (!(name in before_)) delete process.env[name];
    await double?.stop();
    folder.remove();
  });

  for (const [what, work] of Object.entries(works))
    it(`who ${what} is told the right that each call needs, and the policy gives it`, async () => {
      const run = () => work(environment, environment.writers('test'), (turn += 1), file);
      double.deny(/^$/);
      double.forget();
      await run();
      const kinds = [...new Set(double.calls.map(({ operation }) => kindOf(operation)))];
      assert.ok(kinds.length > 0);
      let told = 0;
      for (const kind of kinds) {
        double.deny(new RegExp(kind));
        double.forget();
        const failure: unknown = await run().then(
          () => undefined,
          (error: unknown) => error,
        );
        double.deny(/^$/);
        // What only adds to an answer may be missing.
        if (failure === undefined) continue;
        told += 1;
        assert.ok(failure instanceof BrokenError, `${kind}: ${messageOf(failure)}`);
        const action = /IAM action ([a-z0-9-]+:\w+)/.exec(failure.message)?.[1];
        assert.ok(action !== undefined && allowed.has(action), `${kind}: ${failure.message}`);
        // A lease that could not be given back is free after a minute only.
        await fill.clients.s3.deleteObject({ Bucket: world.bucket, Key: 'lease.json' });
      }
      assert.ok(told > 0);
    });
});
