import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { openLocal } from '../../../src/platform/local/index.js';
import type { AlarmDefinition } from '../../../src/project/schema.js';
import { temporaryFolder } from '../../support/temporary.js';

const definition: AlarmDefinition = {
  name: 'errors',
  namespace: 'made',
  metric: 'Errors',
  dimensions: { EndpointName: 'e' },
  statistic: 'Sum',
  period: 60,
  evaluationPeriods: 1,
  operator: '>=',
  threshold: 5,
  missing: 'notBreaching',
};

describe('alarms of the local environment', () => {
  const folder = temporaryFolder();
  after(() => folder.remove());

  it('know of a breach that came and went while nobody looked, before and after it is recorded', async () => {
    mkdirSync(folder.path, { recursive: true });
    const place = openLocal({ projectFolder: folder.path, project: 'p', bucket: 'p' });
    const writers = place.writers('test');
    await writers.alarms.put([definition]);
    // The alarm was last looked at an hour ago; the errors came ten minutes later.
    const file = `${folder.path}/.mlops/alarms/errors.json`;
    const { readFileSync, writeFileSync } = await import('node:fs');
    const hourAgo = new Date(Date.now() - 3_600_000);
    const stored = JSON.parse(readFileSync(file, 'utf8')) as { since: string; state: string };
    writeFileSync(file, JSON.stringify({ ...stored, state: 'OK', since: hourAgo.toISOString() }));
    const at = new Date(hourAgo.getTime() + 600_000);
    await writers.metrics.put('made', [{ metric: 'Errors', dimensions: { EndpointName: 'e' }, value: 9, at }]);

    const changes = async () => (await place.alarms.history('errors')).items.map(({ from, to }) => `${from} ${to}`);
    assert.deepEqual(await changes(), ['ALARM OK', 'OK ALARM'], 'newest first');
    assert.equal((await place.alarms.list()).items[0]!.state, 'OK');
    await writers.alarms.record();
    assert.deepEqual(await changes(), ['ALARM OK', 'OK ALARM'], 'recorded once');
  });

  it('are not in ALARM for a time before alarm and endpoint were there, also where missing data is breaching', async () => {
    const projectFolder = `${folder.path}/new`;
    mkdirSync(projectFolder, { recursive: true });
    const place = openLocal({ projectFolder, project: 'p', bucket: 'p' });
    const { alarms } = place.writers('test');
    const { readFileSync, writeFileSync } = await import('node:fs');
    await alarms.put([{ ...definition, missing: 'breaching' }]);
    const file = `${projectFolder}/.mlops/alarms/errors.json`;
    const [stateNow, stored] = [
      async () => (await place.alarms.list()).items[0]!.state,
      JSON.parse(readFileSync(file, 'utf8')) as object,
    ];
    assert.equal(await stateNow(), 'INSUFFICIENT_DATA');
    // The alarm is older than the endpoint, which was just made.
    const createdAt = new Date(Date.now() - 3_600_000).toISOString();
    writeFileSync(file, JSON.stringify({ ...stored, since: createdAt, createdAt }));
    assert.equal(await stateNow(), 'ALARM');
    const endpoint = `${projectFolder}/.mlops/endpoints/e`;
    mkdirSync(endpoint, { recursive: true });
    const config = { name: 'e', group: 'g', variants: [{ name: 'a', modelVersion: 'v1', weight: 1 }], capture: 0 };
    const accept = (at: string) =>
      writeFileSync(`${endpoint}/config.json`, JSON.stringify({ project: 'p', bucket: 'p', createdAt: at, config }));
    accept(new Date().toISOString());
    assert.equal(await stateNow(), 'INSUFFICIENT_DATA');
    accept(createdAt);
    assert.equal(await stateNow(), 'ALARM');
  });

  it('judge expressions over metrics, and are made of each other', async () => {
    mkdirSync(`${folder.path}/made`, { recursive: true });
    const place = openLocal({ projectFolder: `${folder.path}/made`, project: 'p', bucket: 'p' });
    const { alarms, metrics } = place.writers('test');
    const metric = (name: string) => ({ namespace: 'made', metric: name, dimensions: {}, statistic: 'Sum' });
    const rate = {
      ...{ name: 'rate', expression: 'errors / requests * 100', period: 300, evaluationPeriods: 1 },
      ...{ metrics: { errors: metric('Errors'), requests: metric('Requests') }, operator: '>' as const, threshold: 1 },
      missing: 'missing' as const,
    };
    const band = { ...metric('Requests'), name: 'band', period: 300, evaluationPeriods: 1, band: 2.5 };
    await alarms.put([
      rate,
      { ...definition, dimensions: {} },
      { name: 'both', composite: 'ALARM(rate) AND NOT ALARM(errors)' },
      { ...band, operator: 'outside', missing: 'missing' },
    ]);
    const states = async () => {
      const { items } = await place.alarms.list();
      return Object.fromEntries(items.map(({ name, state }) => [name, state]));
    };
    const none = 'INSUFFICIENT_DATA';
    assert.deepEqual(await states(), { band: none, both: 'OK', errors: 'OK', rate: none });
    const at = new Date(Date.now() - 60_000);
    const datum = (name: string, value: number) => ({ metric: name, dimensions: {}, value, at });
    await metrics.put('made', [datum('Errors', 4), datum('Requests', 100)]);
    assert.deepEqual(await states(), { band: none, both: 'ALARM', errors: 'OK', rate: 'ALARM' });
    await alarms.record();
    await metrics.put('made', [datum('Requests', 900)]);
    assert.deepEqual(await states(), { band: none, both: 'OK', errors: 'OK', rate: 'OK' });
    const { items } = await place.alarms.list();
    const [, both, , judged] = items;
    assert.match(both!.reason, /rate is OK, errors is OK/);
    assert.equal(both!.rule?.kind, 'composite');
    assert.equal(
      judged!.rule?.text,
      'errors / requests * 100 > 1, where errors = Sum of made Errors, requests = Sum of made Requests',
    );
  });
});
