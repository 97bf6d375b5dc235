import type { CloudWriters, Writers } from '../../src/platform/ports/environment.js';
import type { JobSpec } from '../../src/platform/ports/jobs.js';
import { jobsSchema } from '../../src/project/schema.js';
import { versionOf } from '../contract/writing.js';
import { world } from '../doubles/aws/world.js';

/** One that is there. */
export const endpoint = {
  ...{ name: world.endpoint, group: world.project, capture: 0 },
  variants: [{ name: 'AllTraffic', modelVersion: 'v1', weight: 1 }],
};
const alarm = {
  ...{ name: 'guarded', namespace: 'Guarded', metric: 'Errors', dimensions: {}, statistic: 'Sum', period: 60 },
  ...{ evaluationPeriods: 1, operator: '>=' as const, threshold: 1, missing: 'missing' as const },
};
export const at = new Date('2026-11-21T09:00:00Z');
const entry = { kind: 'ledger-entry', schemaVersion: 1, at: at.toISOString(), who: 'test', what: 'deploy', why: '' };

export type Call = (writers: Writers, file: string) => Promise<unknown>;
/** Every method of every writer, with what it takes to reach the service; `null` for one that only reads. */
export const writing: { [Port in keyof Writers]: Record<keyof Writers[Port], Call | null> } = {
  objects: {
    put: ({ objects }) => objects.put('guarded.txt', 'x'),
    putFile: ({ objects }, file) => objects.putFile('guarded.txt', file),
    remove: ({ objects }) => objects.remove(world.results),
  },
  features: {
    define: ({ features }) =>
      features.define({ name: 'guarded', recordId: 'record_id', eventTime: 'event_time', features: [] }),
    append: ({ features }, file) => features.append(world.group, file, at),
  },
  registry: {
    nextVersion: null,
    register: ({ registry }) => registry.register(versionOf(world.project, 'v2')),
    setStatus: ({ registry }) => registry.setStatus(world.project, 'v1', 'Rejected', 'because'),
  },
  endpoints: {
    deploy: ({ endpoints }) => endpoints.deploy({ ...endpoint, name: 'guarded' }),
    start: ({ endpoints }) => endpoints.start('guarded-stopped'),
    flush: null,
    // Of one that is not being updated nothing is ended.
    halt: null,
    stop: ({ endpoints }) => endpoints.stop(world.endpoint),
    remove: ({ endpoints }) => endpoints.remove(world.endpoint),
  },
  metrics: {
    put: ({ metrics }) => metrics.put('Guarded', [{ metric: 'Errors', dimensions: {}, value: 1, at }]),
  },
  alarms: {
    put: ({ alarms }) => alarms.put([alarm]),
    remove: ({ alarms }) => alarms.remove([world.alarm]),
    record: null,
  },
  ledger: { append: ({ ledger }) => ledger.append(entry as Parameters<Writers['ledger']['append']>[0]) },
  lease: { acquire: ({ lease }) => lease.acquire('guarded') },
};

const alarmArn = `arn:aws:cloudwatch:us-east-1:123456789012:alarm:${world.alarm}`;
const job: JobSpec = {
  ...{
    kind: 'processing',
    name: 'guarded',
    family: 'guard',
    image: 'mlops:1',
    role: 'arn:aws:iam::123456789012:role/test',
  },
  machine: jobsSchema.parse({}),
  ...{ instances: 1, command: ['job', 'ingest'], project: 'projects/a/', output: 'jobs/' },
  variables: {},
};
const pipeline = { name: 'guarded', description: 'of a test', definition: '{}', role: job.role };

/** The same for what only an account has. */
export const cloudWriting: { [Port in keyof CloudWriters]: Record<keyof CloudWriters[Port], Call> } = {
  jobs: {
    start: ({ cloud }) => cloud!.jobs.start(job),
    stop: ({ cloud }) => cloud!.jobs.stop('processing', 'guarded'),
  },
  pipelines: {
    put: ({ cloud }) => cloud!.pipelines.put(pipeline),
    start: ({ cloud }) => cloud!.pipelines.start('guarded', {}),
  },
  dashboards: {
    put: ({ cloud }) => cloud!.dashboards.put('guarded', '{"widgets":[]}'),
    remove: ({ cloud }) => cloud!.dashboards.remove(['guarded']),
  },
  resources: {
    remove: ({ cloud }) => cloud!.resources.remove({ kind: 'alarm', name: world.alarm, arn: alarmArn }),
  },
  adoption: {
    adopt: ({ cloud }) => cloud!.adoption.adopt('theirs'),
    release: ({ cloud }) => cloud!.adoption.release(world.endpoint),
  },
  fleet: { scale: ({ cloud }) => cloud!.fleet.scale(world.endpoint, { instances: 2 }) },
  lifecycle: { put: ({ cloud }) => cloud!.lifecycle.put([{ id: 'guarded', prefix: '', noncurrentDays: 1 }]) },
  queries: { featureGroup: ({ cloud }) => cloud!.queries.featureGroup(world.group, 'SELECT 1') },
};
