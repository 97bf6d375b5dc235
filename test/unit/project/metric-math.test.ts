import assert from 'node:assert/strict';
import { metricsIn, parseMetricMath } from '../../../src/project/rules/metric-math.js';
import { SyntaxProblem } from '../../../src/project/rules/token-reader.js';

describe('metric math', () => {
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
