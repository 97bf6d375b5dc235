import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RefusedError } from '../../../src/common/errors.js';
import { openAws } from '../../../src/platform/aws/index.js';
import type { CloudWriters, Environment, Writers } from '../../../src/platform/ports/environment.js';
import type { JobSpec } from '../../../src/platform/ports/jobs.js';
import type { ResourceKind } from '../../../src/platform/ports/resources.js';
import { jobsSchema, type Project } from '../../../src/project/schema.js';
import { versionOf } from '../../contract/writing.js';
import { startAwsDouble, type AwsDouble } from '../../doubles/aws/double.js';
import { fillAws, variables, type AwsFill } from '../../doubles/aws/fill.js';
import { fillOthers, others, snapshot } from '../../doubles/aws/others.js';
import { triedHere } from '../../support/tried-here.js';
import { temporaryFolder } from '../../support/temporary.js';

const bucket = 'theirs';
const role = 'arn:aws:iam::123456789012:role/test';
const arn = (kind: string, name: string) => `arn:aws:sagemaker:us-east-1:123456789012:${kind}/${name}`;
const at = new Date('2026-11-21T09:00:00Z');
const variants = [{ name: 'AllTraffic', modelVersion: 'v1', weight: 1 }];
const alarm = {
  ...{ name: others.alarm, namespace: 'Ours', metric: 'E', dimensions: {}, statistic: 'Sum', period: 60 },
  ...{ evaluationPeriods: 2, operator: '>=' as const, threshold: 3, missing: 'missing' as const },
};
const job: JobSpec = {
  ...{ kind: 'processing', name: others.job, family: 'churn-train', image: 'mlops:1', role },
  ...{ machine: jobsSchema.parse({}), instances: 1, command: [], project: 'projects/a/', output: 'jobs/' },
  variables: {},
};
const pipeline = { name: others.pipeline, description: 'd', definition: '{"Steps":[]}', role };
const group = { name: others.group, recordId: 'record_id', eventTime: 'event_time', features: [] };
const entry = {
  ...{ kind: 'ledger-entry', schemaVersion: 1, at: at.toISOString(), who: 'test', what: 'deploy', why: '' },
  ...{ from: null, to: 'v1', outcome: 'recorded', trigger: null, evidence: [] },
} as Parameters<Writers['ledger']['append']>[0];

type Call = (writers: Writers, file: string) => Promise<unknown>;
/**
 * What each writer does to a thing of theirs. It has to be refused, naming that thing; `adds`: what it writes is of a name
 * of its own, so that all of theirs stays; `reads`: it writes nothing.
 */
type Row = { touches: RegExp; call: Call } | { adds: Call } | { reads: Call };

const rows: { [Port in Exclude<keyof Writers, 'cloud'>]: Record<keyof Writers[Port], Row | Row[]> } & {
  cloud: { [Port in keyof CloudWriters]: Record<keyof CloudWriters[Port], Row | Row[]> };
} = {
  objects: {
    put: others.keys.map((key) => ({ touches: new RegExp(key), call: ({ objects }) => objects.put(key, 'ours') })),
    putFile: { touches: /raw\/a\.csv/, call: ({ objects }, file) => objects.putFile('raw/a.csv', file) },
    remove: others.keys.map((key) => ({ touches: new RegExp(key), call: ({ objects }) => objects.remove(key) })),
  },
  features: {
    define: { touches: /feature-group churn-train/, call: ({ features }) => features.define(group) },
    append: {
      touches: /feature-group churn-train/,
      call: ({ features }, file) => features.append(others.group, file, at),
    },
  },
  registry: {
    nextVersion: { reads: ({ registry }) => registry.nextVersion(others.project) },
    register: {
      touches: /model-group churn/,
      call: ({ registry }) => registry.register(versionOf(others.project, 'v2')),
    },
    setStatus: {
      touches: /model-group churn/,
      call: ({ registry }) => registry.setStatus(others.project, 'v1', 'Rejected', 'because'),
    },
  },
  endpoints: {
    deploy: {
      touches: /endpoint served/,
      call: ({ endpoints }) => endpoints.deploy({ name: others.endpoint, group: others.project, capture: 0, variants }),
    },
    start: { touches: /endpoint served/, call: ({ endpoints }) => endpoints.start(others.endpoint) },
    flush: { reads: ({ endpoints }) => endpoints.flush(others.endpoint) },
    halt: { reads: ({ endpoints }) => endpoints.halt(others.endpoint) },
    stop: { touches: /endpoint served/, call: ({ endpoints }) => endpoints.stop(others.endpoint) },
    remove: { touches: /endpoint served/, call: ({ endpoints }) => endpoints.remove(others.endpoint) },
  },
  metrics: { put: { adds: ({ metrics }) => metrics.put('Ours', [{ metric: 'E', dimensions: {}, value: 1, at }]) } },
  alarms: {
    put: { touches: /alarm served-errors/, call: ({ alarms }) => alarms.put([{ ...alarm, name: 'ours' }, alarm]) },
    remove: { touches: /alarm served-errors/, call: ({ alarms }) => alarms.remove([others.alarm]) },
    record: { reads: ({ alarms }) => alarms.record() },
  },
  ledger: { append: { adds: ({ ledger }) => ledger.append(entry) } },
  lease: { acquire: { touches: /lease\.json/, call: ({ lease }) => lease.acquire('ours') } },
  cloud: {
    jobs: {
      start: { touches: /processing-job churn-train-1/, call: ({ cloud }) => cloud!.jobs.start(job) },
      stop: {
        touches: /processing-job churn-train-1/,
        call: ({ cloud }) => cloud!.jobs.stop('processing', others.job),
      },
    },
    pipelines: {
      put: { touches: /pipeline churn-monitoring/, call: ({ cloud }) => cloud!.pipelines.put(pipeline) },
      start: { touches: /pipeline churn-monitoring/, call: ({ cloud }) => cloud!.pipelines.start(others.pipeline, {}) },
    },
    dashboards: {
      put: {
        touches: /dashboard churn-prod/,
        call: ({ cloud }) => cloud!.dashboards.put(others.dashboard, '{"widgets":[{}]}'),
      },
      remove: { touches: /dashboard churn-prod/, call: ({ cloud }) => cloud!.dashboards.remove([others.dashboard]) },
    },
    resources: { remove: everyKind() },
    fleet: {
      scale: { touches: /endpoint served/, call: ({ cloud }) => cloud!.fleet.scale(others.endpoint, { instances: 2 }) },
    },
    adoption: {
      // Adopting is how something untagged becomes ours: its own test below.
      adopt: { reads: () => Promise.resolve() },
      release: { touches: /endpoint served/, call: ({ cloud }) => cloud!.adoption.release(others.endpoint) },
    },
    lifecycle: {
      // Ours comes and goes beside theirs.
      put: [
        { reads: ({ cloud }) => cloud!.lifecycle.put([{ id: 'mlops:churn:prod:a', prefix: 'a/', expireDays: 1 }]) },
        { reads: ({ cloud }) => cloud!.lifecycle.put([]) },
      ],
    },
    queries: {
      featureGroup: {
        adds: ({ cloud }) => cloud!.queries.featureGroup(others.group, 'SELECT 1').catch(() => undefined),
      },
    },
  },
};

function everyKind(): Row[] {
  const named: Record<ResourceKind, string> = {
    alarm: others.alarm,
    endpoint: others.endpoint,
    'endpoint-config': `${others.endpoint}-config`,
    model: `${others.endpoint}-v1`,
    pipeline: others.pipeline,
    'feature-group': others.group,
    'model-version': `${others.project}/1`,
    'model-group': others.project,
  };
  return Object.entries(named).map(([kind, name]) => ({
    touches: new RegExp(`${kind} .*${name.split('/')[0]}`),
    call: ({ cloud }) =>
      cloud!.resources.remove({
        kind: kind as ResourceKind,
        name,
        arn: kind === 'model-version' ? arn('model-package', name) : arn(kind, name),
      }),
  }));
}

const owners = {
  'carry no tags': undefined,
  "carry another project's tags": { project: 'other', environment: 'prod' },
  "carry another environment's tags": { project: 'churn', environment: 'staging' },
};

// By day one of them, another one every day.
const today = Math.floor(Date.now() / 86_400_000) % 3;
const inTurn = Object.entries(owners);
for (const [carry, owner] of triedHere([...inTurn.slice(today), ...inTurn.slice(0, today)], 1))
  describe(`an account whose resources ${carry}`, function () {
    this.timeout(60_000);
    const folder = temporaryFolder();
    const before_ = { ...process.env };
    let double: AwsDouble;
    let fill: AwsFill;
    let environment: Environment;
    const writers = () => environment.writers('test');

    before(async () => {
      const python = process.env.MLOPS_PYTHON_AWS;
      assert.ok(python, 'MLOPS_PYTHON_AWS is set by the suite');
      Object.assign(process.env, variables);
      double = await startAwsDouble(python);
      fill = fillAws(double.url, bucket);
      await fillOthers(fill, bucket, owner);
      const file = { name: others.project, endpoint: { name: others.endpoint, instance: 'ml.m5.large' } };
      const place = { kind: 'aws', endpointUrl: double.url, bucket, role, image: 'serve:1' } as const;
      const project = { folder: folder.path, file } as Project;
      environment = await openAws(project, 'prod', place, { allowed: () => ['prod'] });
    });
    after(async () => {
      for (const name of Object.keys(process.env)) if (!(name in before_)) delete process.env[name];
      await double?.stop();
      folder.remove();
    });

    it('has a row for every method of every writer', () => {
      const { cloud, ...plain } = writers();
      const methods = (ports: object) =>
        Object.entries(ports).flatMap(([port, each]) => Object.keys(each as object).map((name) => `${port}.${name}`));
      const { cloud: cloudRows, ...plainRows } = rows;
      const known = new Set([...methods(plainRows), ...methods(cloudRows), 'objects.putFileTo']);
      assert.deepEqual(
        [...methods(plain), ...methods(cloud!)].filter((name) => !known.has(name)),
        [],
      );
    });

    const { cloud: cloudRows, ...plainRows } = rows;
    for (const [port, methods] of Object.entries({ ...plainRows, ...cloudRows }))
      for (const [method, row] of Object.entries(methods as Record<string, Row | Row[]>))
        it(`is left as it was by ${port}.${method}`, async () => {
          const file = join(folder.path, 'part.parquet');
          const was = await snapshot(fill, bucket);
          let adds = false;
          for (const one of [row].flat()) {
            writeFileSync(file, 'PAR1');
            if ('touches' in one)
              await assert.rejects(
                one.call(writers(), file),
                (error) => error instanceof RefusedError && one.touches.test(error.message) && says(error, owner),
              );
            else await ('adds' in one ? one.adds : one.reads)(writers(), file);
            adds ||= 'adds' in one;
          }
          const is = await snapshot(fill, bucket);
          const same = adds ? Object.fromEntries(Object.keys(was).map((name) => [name, is[name]])) : is;
          assert.deepEqual(same, was);
        });
  });

/** Whose it is stands in the refusal; dashboards have words of their own. */
function says({ message }: Error, owner: { project: string; environment: string } | undefined): boolean {
  if (message.startsWith('dashboard')) return message.includes('does not say');
  if (owner === undefined) return message.includes('does not carry');
  return message.includes(owner.project === 'churn' ? 'environment=staging' : 'project=other');
}
