const never = () => new Promise<never>(() => undefined);
const table = 'test/fixtures/none.csv';
/** Of no project, so that nothing in the file of whoever runs this test is changed. */
export const nobodys = {};
const own = {
  folder: 'templates/hdd-failure',
  file: { name: 'disks', environments: {} },
};

/** What each is asked with, where it is asked for something. */
export const inputs: Record<string, unknown> = {
  'account.apply': {
    project: 'disks',
    plan: { alarms: [], dashboards: [], lifecycle: [], wanted: { alarms: [], dashboards: new Map(), lifecycle: [] } },
  },
  'account.cleanup': {
    project: 'disks',
    found: [
      {
        kind: 'alarm',
        name: 'a',
        remove: (writers: { alarms: { remove(names: string[]): Promise<void> } }) => writers.alarms.remove(['a']),
      },
    ],
  },
  'backups.make': { file: '/nowhere/at/all.tar.gz' },
  'backups.restore': { file: '/nowhere/at/all.tar.gz' },
  'exports.platform': { project: { ...own, file: { ...own.file, endpoint: { name: 'a' } } }, platform: 'compose' },
  'labels.add': { path: 'package.json', replace: false, emit: () => () => undefined },
  'batches.judge': { batches: [], again: false, emit: () => () => undefined },
  'buckets.put': { key: 'a', bytes: new Uint8Array(), takeOver: false },
  'endpoints.check': { target: 'a', cases: 'test/fixtures/serving/cases.jsonl' },
  'endpoints.live': { endpoint: { name: 'a', status: 'InService', ours: true, config: { variants: [{ name: 'a' }] } } },
  'endpoints.simulate': { profile: 'healthy', rate: 1, seconds: 1, seed: 1, shifts: [], labels: false },
  'endpoints.replay': { name: 'a', version: 'v1', limit: 1, rate: 1000 },
  'endpoints.scale': { name: 'a', instances: 2 },
  'models.approve': { version: 'v1', reason: 'good' },
  'models.predict-file': { file: table, out: 'none.csv', force: false },
  'models.register': { from: { kind: 'file', path: 'none.json' }, emit: () => () => undefined },
  'models.reject': { version: 'v1', reason: 'bad' },
  'overrides.waive': { gate: 'recall', owner: 'ops', reason: 'late labels', until: '2100-01-01' },
  'overrides.end-waiver': { gate: 'recall', reason: 'over' },
  'pipelines.register': { name: 'disks', role: 'r', definition: {}, changes: [] },
  'pipelines.start': { parameters: {} },
  'feature-groups.export': { name: 'a', file: 'a.csv' },
  'gates.backtest': { since: '2026-01-01', until: null, settings: [] },
  'tables.evaluate': { data: table, label: 'y', scores: ['p'], slices: [], header: true },
  'tables.evaluate-capture': { capture: table, groundTruth: table, labelDelayDays: null },
  'tables.compare': { reference: table, current: table, profile: 'default' },
  'tables.compare-statistics': { reference: 'package.json', current: 'package.json' },
  'tables.profile': { data: table },
  'tables.monitor-baseline': { data: table },
  'tables.violations': { data: table, constraints: 'package.json' },
  'model-files.train': { data: table, target: 'y', params: 'package.json', out: 'none', ignore: [], reading: {} },
  'model-files.predict': { model: table, data: table, kind: 'prediction', reading: {} },
  'model-files.describe': { model: table },
  'model-files.search': { data: table, space: 'package.json', how: {}, target: 'y', ignore: [] },
  'projects.from-template': { template: 'none', templates: 'templates', folder: 'none' },
  'projects.from-table': { from: table, target: 'y' },
  'projects.from-variables': { path: 'none', open: never },
  'projects.from-endpoint': { endpoint: 'a', open: never },
  'environments.list': { project: own, current: 'local', open: never },
  'environments.show': { project: own, current: 'local', name: 'local', open: never },
  'machine.examine': { there: { folder: 'templates/hdd-failure', open: never } },
  'feature-groups.freshness': { group: { name: 'a', prefix: 's3://b/c/' } },
  'endpoints.usage': { endpoint: { name: 'a', config: { variants: [] } } },
  'releases.start': { version: 'v1', reason: 'why' },
  'watching.install': { project: own, environment: 'local', platform: 'linux', once: false, program: ['a'] },
  'watching.watch': { once: true, tell: () => undefined },
  'runs.start': { stages: ['monitor'], options: {}, runId: 'a', emit: () => undefined },
};
export const inputOf = (id: string) =>
  inputs[id] ?? { name: 'a', key: 'a', id: 'a', prefix: '', lines: 1, rows: 1, reason: 'why', expiresAt: null };
