import assert from 'node:assert/strict';
import fc from 'fast-check';
import { evaluateMetricMath } from '../../../src/alarms/metric-math.js';
import { parseMetricMath } from '../../../src/project/rules/metric-math.js';

const moments = ['2026-11-21T09:00:00.000Z', '2026-11-21T09:05:00.000Z', '2026-11-21T09:10:00.000Z'];
/** Values by name, null where there is no point. */
function valueOf(text: string, given: Record<string, (number | null)[]>): (number | null)[] {
  const points = Object.entries(given).map(([id, values]) => {
    const there = values.flatMap((value, index) => (value === null ? [] : [{ at: moments[index]!, value }]));
    return [id, there] as const;
  });
  const found = evaluateMetricMath(parseMetricMath(text), new Map(points), moments);
  return moments.map((at) => found.find((point) => point.at === at)?.value ?? null);
}

describe('an expression over metrics', () => {
  const given = { errors: [1, 0, 3], requests: [100, 0, 60] };

  for (const [text, expected] of Object.entries({
    'errors / requests * 100': [1, null, 5],
    'errors / FILL(requests, 1)': [0.01, null, 0.05],
    '1 + 2 * 3 ^ 2 - 4 / 2': [17, 17, 17],
    '-(errors - 2)': [1, 2, -1],
    'IF(requests > 50, errors / requests, 0) * 100': [1, 0, 5],
    'IF(requests > 0, errors)': [1, null, 3],
    'errors >= 1 AND requests < 100 OR errors == 0': [0, 1, 1],
  }))
    it(`makes of ${text} what CloudWatch makes of it`, () => assert.deepEqual(valueOf(text, given), expected));

  it('says 1 where a comparison or a condition holds and 0 where not, at the limits too', () => {
    const x = { x: [1, 2, 3] };
    const answers = ['==', '!=', '<', '<=', '>', '>='].map((sign) => [sign, valueOf(`x ${sign} 2`, x)]);
    assert.deepEqual(Object.fromEntries(answers), {
      '==': [0, 1, 0],
      '!=': [1, 0, 1],
      '<': [1, 0, 0],
      '<=': [1, 1, 0],
      '>': [0, 0, 1],
      '>=': [0, 1, 1],
    });
    const both = { a: [0, 0, 5], b: [0, 2, 2] };
    assert.deepEqual(valueOf('b AND a', both), [0, 0, 1]);
    assert.deepEqual(valueOf('b OR a', both), [0, 1, 1]);
    for (const sign of ['AND', '&&']) assert.deepEqual(valueOf(`a ${sign} b`, both), [0, 0, 1]);
    for (const sign of ['OR', '||']) assert.deepEqual(valueOf(`a ${sign} b`, both), [0, 1, 1]);
  });

  it('has no point where its condition has none, and none of what it did not choose', () => {
    const gaps = { a: [null, 0, 1], b: [1, 2, null], c: [3, null, 5] };
    assert.deepEqual(valueOf('IF(a, b, c)', gaps), [null, null, null]);
    assert.deepEqual(valueOf('IF(a > 0, 7)', gaps), [null, null, 7]);
  });

  it('looks only at points of its own moments', () => {
    const late = [{ at: '2026-11-21T09:03:00.000Z', value: 8 }];
    assert.deepEqual(evaluateMetricMath(parseMetricMath('x'), new Map([['x', late]]), moments), []);
    const same = [{ at: '2026-11-21T09:05:00Z', value: 8 }];
    assert.deepEqual(evaluateMetricMath(parseMetricMath('x'), new Map([['x', same]]), moments), [
      { at: moments[1], value: 8 },
    ]);
  });

  it('takes what is no finite number for no point', () => {
    assert.deepEqual(valueOf('FILL(x / 0, 4)', { x: [1, 0, -1] }), [4, 4, 4]);
    assert.deepEqual(valueOf('x', { x: [Infinity, 1, NaN] }), [null, 1, null]);
  });

  it('has no point where one of its metrics has none, unless it is filled', () => {
    const gaps = { a: [null, 2, null], b: [10, null, 30] };
    for (const sign of ['+', '==', '!=', '<', 'AND', 'OR'])
      assert.deepEqual(valueOf(`a ${sign} b`, gaps), [null, null, null], sign);
    assert.deepEqual(valueOf('FILL(a, 0) + FILL(b, REPEAT)', gaps), [10, 12, 30]);
    assert.deepEqual(valueOf('FILL(a, REPEAT)', gaps), [null, 2, 2]);
    assert.deepEqual(valueOf('a', {}), [null, null, null]);
  });

  it('reckons as arithmetic does', () => {
    const number = fc.integer({ min: 1, max: 999 });
    fc.assert(
      fc.property(number, number, number, (a, b, c) => {
        const [found] = valueOf('x + y * z - x / (y + z)', { x: [a], y: [b], z: [c] });
        assert.equal(found, a + b * c - a / (b + c));
      }),
    );
  });
});
