import assert from 'node:assert/strict';
import fc from 'fast-check';
import { evaluateMetricMath } from '../../../src/alarms/metric-math.js';
import { metricsIn, parseMetricMath } from '../../../src/project/rules/metric-math.js';
import { SyntaxProblem } from '../../../src/project/rules/token-reader.js';

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

describe('metric math', () => {
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

  it('has no point where one of its metrics has none, unless it is filled', () => {
    const gaps = { a: [null, 2, null], b: [10, null, 30] };
    assert.deepEqual(valueOf('a + b', gaps), [null, null, null]);
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

  it('names its metrics, once each', () => {
    const found = metricsIn(parseMetricMath('IF(b > 0, FILL(a, 0) / b, c)'));
    assert.deepEqual([...found], Object.entries({ b: 3, a: 15, c: 26 }));
  });

  for (const [text, at, message] of [
    ['RATE(errors)', 0, 'found the function RATE, expected one of the functions IF and FILL'],
    ['errors / SUM([a, b])', 13, 'found "[", expected a name, a number or an operator'],
    ['FILL(errors, LINEAR)', 13, 'found "LINEAR", expected a number or REPEAT'],
    ['errors / ', 9, 'found the end, expected a metric, a number or "("'],
    ['(errors', 7, 'found the end, expected ")"'],
    ['errors requests', 7, 'found "requests", expected an operator or the end'],
    ['Errors', 0, 'found "Errors", expected a metric, whose name begins with a small letter'],
  ] as const)
    it(`refuses ${text}, saying what and where`, () => {
      assert.throws(
        () => parseMetricMath(text),
        (error) => {
          assert.ok(error instanceof SyntaxProblem);
          assert.deepEqual([error.at, error.message], [at, message]);
          return true;
        },
      );
    });
});
