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
});
