import assert from 'node:assert/strict';
import { compareColumn } from '../../../src/drift/compare.js';
import { sagemakerColumn, usualComparison } from '../../../src/drift/profiles/sagemaker.js';
import { near } from './near.js';
import { category, numeric } from './samples-of.js';

const words = (a: number, b: number) => category([...'a'.repeat(a), ...'b'.repeat(b)]);
const simple = { ...usualComparison, method: 'linf_simple' } as const;
const chiSquared = { ...usualComparison, categorical: 'ChiSquared' } as const;

describe("Model Monitor's verdict on a column", () => {
  it('goes by the largest distance of the distribution functions, for numbers', () => {
    const result = sagemakerColumn(numeric([1, 2, 3, 4]), numeric([3, 4, 5, 6]), simple);
    assert.deepEqual(result, { method: 'linf_simple', statistic: 0.5, p_value: null, threshold: 0.1, drifted: true });
  });

  it('goes by the largest difference of two shares, for words', () => {
    const result = sagemakerColumn(words(50, 50), words(70, 30), simple);
    assert.deepEqual([result.method, result.drifted], ['linf_simple', true]);
    near(result.statistic, 0.2);
  });

  it('takes the limit itself for no drift', () => {
    const at = { ...simple, threshold: 0.5, categoricalThreshold: 0.25 };
    assert.equal(sagemakerColumn(numeric([1, 2, 3, 4]), numeric([3, 4, 5, 6]), at).drifted, false);
    assert.equal(sagemakerColumn(words(2, 2), words(3, 1), at).drifted, false);
  });

  it('has a limit of its own for words', () => {
    const settings = { ...simple, threshold: 0.9, categoricalThreshold: 0.1 };
    assert.equal(sagemakerColumn(words(50, 50), words(70, 30), settings).threshold, 0.1);
    assert.equal(sagemakerColumn(numeric([1, 2]), numeric([1, 2]), settings).threshold, 0.9);
  });

  it('takes off, unless asked otherwise, what samples of such sizes differ by anyway', () => {
    const result = sagemakerColumn(words(50, 50), words(70, 30));
    assert.equal(result.method, 'linf_robust');
    assert.ok(result.statistic! < 0.2);
    assert.equal(sagemakerColumn(words(5, 5), words(7, 3)).drifted, false, 'ten rows prove nothing');
  });

  it('compares the p of a chi-square test from the other side, for words alone', () => {
    const moved = sagemakerColumn(words(500, 500), words(700, 300), chiSquared);
    assert.deepEqual([moved.method, moved.statistic, moved.threshold, moved.drifted], ['chi_squared', null, 0.1, true]);
    assert.ok(moved.p_value! < 0.1);
    assert.equal(sagemakerColumn(words(500, 500), words(505, 495), chiSquared).drifted, false);
    assert.equal(sagemakerColumn(numeric([1, 2, 3]), numeric([4, 5, 6]), chiSquared).method, 'linf_robust');
  });

  it('says nothing, with a reason, without values or with too few rows for the test', () => {
    for (const [before, after] of [
      [words(0, 0), words(1, 1)],
      [words(1, 1), words(0, 0)],
    ] as const) {
      const result = sagemakerColumn(before, after);
      assert.deepEqual([result.drifted, result.statistic, result.threshold], [null, null, 0.1]);
      assert.match(result.reason!, /no values/);
    }
    const few = sagemakerColumn(words(1, 1), words(1, 1), chiSquared);
    assert.deepEqual(
      [few.method, few.drifted, few.reason],
      ['chi_squared', null, 'there are too few categories with enough rows'],
    );
  });

  it('is asked for by the names of its methods', () => {
    const [before, after] = [words(500, 500), words(700, 300)];
    const methodBy = (method?: string) =>
      compareColumn('x', before, after, { profile: 'sagemaker', ...(method === undefined ? {} : { method }) }).method;
    assert.deepEqual(
      [methodBy(), methodBy('linf_robust'), methodBy('linf_simple'), methodBy('chi_squared')],
      ['linf_robust', 'linf_robust', 'linf_simple', 'chi_squared'],
    );
  });
});
