import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { endpointAlarms } from '../../../src/alarms/endpoint-alarms.js';
import { bikeshareAlarms } from '../../support/bikeshare-alarms.js';
import { temporaryFolder } from '../../support/temporary.js';
import { virtualClock } from '../../support/virtual-clock.js';
import { watchedProject, type Told } from '../../support/watched-project.js';

const start = '2026-03-02T00:00:00.000Z';
const hours = (count: number) => count * 60;

/** Well for three hours, ill for two, well for two, then nothing at all. */
const [ill, wellAgain, silent, end] = [hours(3), hours(5), hours(7), hours(12)];
function story(part: Omit<Told, 'from' | 'to' | 'values'>, well: number[], bad: number[] | 'nothing'): Told[] {
  return [
    { ...part, from: 0, to: ill, values: well },
    ...(bad === 'nothing' ? [] : [{ ...part, from: ill, to: wellAgain, values: bad }]),
    { ...part, from: wellAgain, to: silent, values: well },
  ];
}

/** What silence means to an alarm, by how it takes missing data. */
const judgesNothing = ['OK', 'ALARM', 'OK', 'INSUFFICIENT_DATA'];
const silenceIsWell = ['OK', 'ALARM', 'OK'];
const silenceIsTrouble = ['OK', 'ALARM', 'OK', 'ALARM'];

describe('alarms that are watched, on a clock that is turned', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  let clock: ReturnType<typeof virtualClock>;
  beforeEach(() => (clock = virtualClock(start)));
  afterEach(() => clock.end());
  after(() => folder.remove());
  const project = (name: string, part: object) => watchedProject(join(folder.path, name), part, clock);

  async function tellsEach(made: ReturnType<typeof project>, expected: Record<string, string[]>): Promise<void> {
    const found: Record<string, string[]> = {};
    for (const name of Object.keys(expected)) found[name] = await made.states(name);
    assert.deepEqual(found, expected);
  }

  it('tell of the eight of a served model how each goes off, is well again and has nothing to judge', async () => {
    const made = project('eight', { alarms: 'endpoint' });
    const machine = { namespace: '/aws/sagemaker/Endpoints' };
    await made.put(
      ...story({ metric: 'Invocation5XXErrors' }, [0], [1]),
      ...story({ metric: 'Invocation4XXErrors' }, [0], [5]),
      ...story({ metric: 'ModelLatency' }, [40_000], [2_000_000]),
      ...story({ metric: 'OverheadLatency' }, [900], [500_000]),
      ...story({ metric: 'Invocations' }, [1], 'nothing'),
      ...['CPUUtilization', 'MemoryUtilization', 'DiskUtilization'].flatMap((metric) =>
        story({ ...machine, metric }, [20], [80]),
      ),
    );
    await made.watchFor(end, 60);
    assert.equal(endpointAlarms('made').length, 8);
    await tellsEach(made, {
      'made-Invocation5xxErrors': silenceIsWell,
      'made-Invocation4xxErrors': silenceIsWell,
      'made-ModelLatencyP99': judgesNothing,
      'made-OverheadLatencyP99': judgesNothing,
      'made-NoInvocations': silenceIsTrouble,
      'made-CPUUtilization': judgesNothing,
      'made-MemoryUtilization': judgesNothing,
      'made-DiskUtilization': judgesNothing,
    });
    const [, gone] = await made.changes('made-ModelLatencyP99');
    assert.deepEqual([gone?.from, gone?.to], ['OK', 'ALARM']);
    // Two periods of five minutes must breach.
    assert.equal(gone?.at, '2026-03-02T03:06:00.000Z');
    assert.match(gone.reason, /^2 of the last 2 datapoints were at least 2,000,000 \(2,000,000 at 02:5/);
  });

  it('tell of drift, errors, low traffic, and of no drift score at all; what is asked for then is done once', async () => {
    const drift = { namespace: 'MLOps/HousePrices', metric: 'DriftScore', dimensions: {} };
    const made = project('drift', {
      alarms: [
        { name: 'high-drift', ...drift, rule: '> 2', of: '2/2', then: ['log'] },
        { name: 'errors', metric: 'Invocation5XXErrors', rule: '> 5', of: '2/2' },
        { name: 'low-traffic', metric: 'Invocations', rule: '< 1', of: '3/3', missing: 'breaching' },
        {
          ...{ name: 'no-drift-score', ...drift, statistic: 'SampleCount', rule: '< 1', of: '2/2' },
          ...{ missing: 'breaching', then: ['log'] },
        },
        { name: 'candidate-errors', metric: 'Invocation5XXErrors', variant: 'candidate', rule: '> 0' },
      ],
      actions: { log: { kind: 'file', path: 'told/alarms.jsonl' } },
    });
    await made.put(
      ...story(drift, [0.3, 1.9], [2.2]),
      ...story({ metric: 'Invocation5XXErrors' }, [0], [6]),
      ...story({ metric: 'Invocations' }, [3], 'nothing'),
      ...story(
        { metric: 'Invocation5XXErrors', dimensions: { EndpointName: 'made', VariantName: 'candidate' } },
        [0],
        [1],
      ),
    );
    await made.watchFor(end, 60);
    await tellsEach(made, {
      'high-drift': judgesNothing,
      errors: judgesNothing,
      'low-traffic': silenceIsTrouble,
      'no-drift-score': ['OK', 'ALARM'],
      'candidate-errors': judgesNothing,
    });
    const lines = readFileSync(join(folder.path, 'drift/told/alarms.jsonl'), 'utf8').trim().split('\n');
    const told = lines.map((line) => JSON.parse(line) as { alarm: string; to: string; project: string });
    const of = (name: string) => told.filter(({ alarm }) => alarm === name).map(({ to }) => to);
    assert.deepEqual(of('high-drift'), ['ALARM', 'OK', 'INSUFFICIENT_DATA']);
    assert.deepEqual(of('no-drift-score'), ['ALARM']);
    assert.equal(told.length, 4);
  });

  it('tell of the twelve of a bike-share system: latency, rates, its band, quality and drift', async () => {
    const alarms = bikeshareAlarms('made');
    assert.equal(alarms.length, 12);
    const made = project('bikes', { alarms });
    const model = { namespace: 'Bikeshare/Model', dimensions: { EndpointName: 'made', City: 'nyc' } };
    await made.put(
      ...story({ metric: 'ModelLatency' }, [50_000, 52_000, 55_000], [400_000]),
      ...story({ metric: 'Invocation5XXErrors' }, [0], [1]),
      ...story({ metric: 'Invocation4XXErrors' }, [0], [2]),
      ...story({ metric: 'Invocations' }, [100], [100]),
      ...story({ ...model, metric: 'PR-AUC-24h', every: 30 }, [0.9], [0.8]),
      ...story({ ...model, metric: 'F1-24h', every: 30 }, [0.8], [0.7]),
      ...story({ ...model, metric: 'PSI', every: 60 }, [0.05], [0.35]),
    );
    await made.watchFor(end, 60);
    await tellsEach(made, {
      'prod-endpoint-latency-p95-warn': judgesNothing,
      'prod-endpoint-latency-p95-crit': judgesNothing,
      'prod-endpoint-5xx-crit': judgesNothing,
      'prod-endpoint-4xx-warn': silenceIsWell,
      'prod-latency-anomaly': judgesNothing,
      'prod-quality-prauc-24h-warn': judgesNothing,
      'prod-quality-f1-24h-warn': judgesNothing,
      'prod-feature-drift-warn': judgesNothing,
      'prod-feature-drift-crit': judgesNothing,
    });
    const odd = (await made.changes('prod-latency-anomaly'))[1];
    assert.match(odd!.reason, /a band of this machine, not that of CloudWatch$/);
  });

  it('tell of a day with little traffic, of none for twenty minutes, and of both together', async () => {
    const made = project('traffic', {
      alarms: bikeshareAlarms('made').filter(({ name }) => /traffic|zero/.test(name)),
    });
    await made.put(
      { metric: 'Invocations', from: 0, to: hours(2), values: [10] },
      // Twenty-six hours with twelve requests an hour, then an hour without any.
      { metric: 'Invocations', from: hours(2), to: hours(28), values: [1] },
      { metric: 'Invocations', from: hours(29), to: hours(31), values: [10] },
    );
    await made.watchFor(hours(62), 240);
    await tellsEach(made, {
      'prod-low-traffic-24h': silenceIsTrouble,
      'prod-20m-zero': silenceIsTrouble,
      'prod-endpoint-invoke-zero': silenceIsTrouble,
    });
    const [, both] = await made.changes('prod-endpoint-invoke-zero');
    assert.match(both!.reason, /prod-20m-zero is ALARM, prod-low-traffic-24h is ALARM/);
  });
});
