import assert from 'node:assert/strict';
import { BrokenError } from '../../../../src/common/errors.js';
import { alarmMeasured } from '../../../../src/pipeline/dashboard/alarm-measured.js';
import type { Environment } from '../../../../src/platform/ports/environment.js';
import type { MetricQuery } from '../../../../src/platform/ports/metrics.js';
import { projectAlarmSchema } from '../../../../src/project/alarms/alarm-schema.js';

const now = new Date('2026-11-21T10:02:00Z');
const alarm = (parts: object) =>
  projectAlarmSchema.parse({
    ...{ name: 'a', namespace: 'N', metric: 'M', dimensions: { x: '1' }, statistic: 'p99', period: 300 },
    ...{ evaluationPeriods: 1, operator: '>', threshold: 3 },
    ...parts,
  });
function place(answer: () => Promise<{ at: string; value: number }[]>) {
  const asked: MetricQuery[] = [];
  const query = (one: MetricQuery) => {
    asked.push(one);
    return answer();
  };
  return { asked, environment: { metrics: { query } } as unknown as Environment };
}

describe('what an alarm judges, over time', () => {
  it('is its own metric and statistic, by its own period, over a day that ends now', async () => {
    const { asked, environment } = place(() => Promise.resolve([{ at: '2026-11-21T10:00:00.000Z', value: 4 }]));
    const measured = await alarmMeasured(environment, alarm({ unit: 'Seconds' }), now);
    assert.deepEqual(asked, [
      {
        ...{ namespace: 'N', metric: 'M', dimensions: { x: '1' }, statistic: 'p99', period: 300 },
        ...{ from: new Date('2026-11-20T10:05:00Z'), to: new Date('2026-11-21T10:05:00Z') },
      },
    ]);
    assert.deepEqual(measured?.lines, [
      { label: 'p99 of M', unit: 'Seconds', points: [{ at: '2026-11-21T10:00:00.000Z', value: 4 }] },
    ]);
    assert.deepEqual(measured?.limits, [{ label: 'limit 3', value: 3 }]);
  });

  it('reaches back over 24 of its periods where they are longer than an hour', async () => {
    const { asked, environment } = place(() => Promise.resolve([]));
    await alarmMeasured(environment, alarm({ period: 86_400 }), now);
    assert.equal(asked[0]!.to.getTime() - asked[0]!.from.getTime(), 24 * 86_400_000);
  });

  it('is nothing for an alarm on other alarms, and a reason where it may not be read', async () => {
    const { environment } = place(() => Promise.reject(new BrokenError('not allowed')));
    const composite = projectAlarmSchema.parse({ name: 'c', composite: 'ALARM(a)' });
    assert.equal(await alarmMeasured(environment, composite, now), undefined);
    const refused = await alarmMeasured(environment, alarm({}), now);
    assert.deepEqual([refused?.lines, refused?.reason], [[], 'not allowed']);
  });
});
