import assert from 'node:assert/strict';
import { admitSchema, type MetricCheck } from '../../../src/project/parts/release-schema.js';
import { judgeFigure, judgeMetric, withWaiver } from '../../../src/release/admission.js';

const now = new Date('2026-11-24T09:00:00Z');
const check = (said: object) => admitSchema.parse(said) as MetricCheck;
const points = (...values: number[]) =>
  values.map((value, index) => ({ at: new Date(index * 300e3).toISOString(), value }));
/** The gate of a bikeshare service: means, the largest of p95 points, sums, and a drift that need not be measured. */
const table = [
  [check({ id: 'pr-auc', metric: 'PR-AUC-24h', take: 'mean', rule: '>= 0.70' }), [0.6, 0.8], [0.6, 0.79], 'fail'],
  [check({ id: 'f1', metric: 'F1-24h', take: 'mean', rule: '>= 0.55' }), [0.55], [0.54], 'fail'],
  [
    check({ id: 'latency', metric: 'ModelLatency', statistic: 'p95', take: 'max', rule: '<= 200000' }),
    [9, 200000],
    [9, 200001, 3],
    'fail',
  ],
  [
    check({ id: 'errors', metric: 'Invocation5XXErrors', take: 'sum', rule: '<= 0', none: 'pass' }),
    [0, 0],
    [0, 1],
    'pass',
  ],
  [
    check({ id: 'heartbeat', metric: 'PredictionHeartbeat', take: 'sum', rule: '>= 144' }),
    Array<number>(144).fill(1),
    Array<number>(143).fill(1),
    'fail',
  ],
  [check({ id: 'psi', metric: 'PSI', take: 'max', rule: '< 0.20', none: 'pass' }), [0.1, 0.199], [0.1, 0.2], 'pass'],
] as const;

describe('the admission gate', () => {
  for (const [one, good, bad, none] of table)
    it(`${one.id}: takes the ${one.take} of all points, and says what no point at all means`, () => {
      assert.equal(judgeMetric(one, points(...good), now).status, 'pass');
      assert.equal(judgeMetric(one, points(...bad), now).status, 'fail');
      assert.equal(judgeMetric(one, [], now).status, none);
    });

  it('takes a point that is no number for none', () => {
    assert.equal(judgeMetric(table[0][0], points(NaN), now).status, 'fail');
  });

  it('fails a figure that no verdict of the window holds', () => {
    const figure = admitSchema.parse({ id: 'recall', rule: 'recall >= 0.7' });
    if ('metric' in figure) throw new TypeError();
    assert.equal(judgeFigure(figure, { value: 0.7, n: 9, at: '' }, now).status, 'pass');
    assert.equal(judgeFigure(figure, { value: null, n: 9, at: '' }, now).status, 'fail');
    assert.equal(judgeFigure(figure, { missing: 'no verdict yet' }, now).status, 'fail');
  });

  it('lets a failure through only where the project allows it, and only until the waiver ends', () => {
    const psi = table[5][0];
    const failed = judgeMetric(psi, points(0.3), now);
    const waiver = { gate: 'psi', owner: 'ops', reason: 'a festival', setAt: '', until: '2026-11-24' };
    assert.equal(withWaiver(failed, psi, [waiver], now).status, 'fail');
    const waivable = { ...psi, waivable: true };
    assert.equal(withWaiver(failed, waivable, [waiver], now).status, 'waived');
    assert.equal(withWaiver(failed, waivable, [{ ...waiver, until: '2026-11-23' }], now).status, 'fail');
  });
});
