import assert from 'node:assert/strict';
import { distributions, requestsOf } from '../../../../../src/platform/aws/alarms/metric-writer.js';

const at = new Date('2026-11-21T09:00:00Z');
const datum = (value: number, dimensions: Record<string, string> = {}) => ({ metric: 'M', dimensions, value, at });

describe('metrics on their way to CloudWatch', () => {
  it('are distributions: values of one series and moment with their counts, 150 at most', () => {
    const data = Array.from({ length: 151 }, (_, index) => ({ ...datum(index), count: 2 }));
    const made = distributions('N', data);
    assert.deepEqual(
      made.map(({ Values }) => Values?.length),
      [150, 1],
    );
    assert.equal(made[0]?.Counts?.[0], 2);
    assert.equal(distributions('N', [datum(1, { a: 'x' }), datum(1, { a: 'y' })]).length, 2);
  });

  it('are the same series in whatever order their dimensions stand', () => {
    assert.equal(distributions('N', [datum(1, { a: 'x', b: 'y' }), datum(2, { b: 'y', a: 'x' })]).length, 1);
  });

  it('go out at most a thousand at a time, and below a megabyte', () => {
    const many = distributions(
      'N',
      Array.from({ length: 2500 }, (_, index) => datum(1, { index: String(index) })),
    );
    const sizes = requestsOf(many).map((request) => request.length);
    assert.deepEqual(sizes, [1000, 1000, 500]);
    const wide = distributions(
      'N',
      Array.from({ length: 1000 }, (_, index) => datum(1, { index: `${'x'.repeat(2000)}${index}` })),
    );
    for (const request of requestsOf(wide)) assert.ok(JSON.stringify(request).length < 2 ** 20);
  });

  it('are finite and not beyond what CloudWatch takes', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 2 ** 361])
      assert.throws(() => distributions('N', [datum(value)]), /metric N M: .*expected a finite number/);
  });
});
