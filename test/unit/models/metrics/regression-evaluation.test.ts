import assert from 'node:assert/strict';
import { regressionEvaluation } from '../../../../src/models/metrics/regression-evaluation.js';
import { assertClose } from '../support/close.js';
import { numbers } from '../support/golden.js';

describe('regression evaluation', () => {
  it("gives scikit-learn's figures on the reference rows", () => {
    const labels = numbers(41, 50, 10, 3);
    const noise = numbers(42, 50, 0.2, 1);
    const result = regressionEvaluation(
      labels,
      labels.map((label, row) => label + noise[row]!),
    );
    assertClose(
      [result.mae!, result.rmse!, result.r2!, result.mape!, result.median_ae!],
      [0.48573719596397114, 0.578521059125368, 0.8752416455024428, 0.04843347322613312, 0.4642492666607718],
      1e-12,
    );
    assert.equal(result.n, 50);
    assert.deepEqual(result.reasons, {});
  });

  it('leaves out what cannot be computed and says why', () => {
    const constant = regressionEvaluation([2, 2], [1, 3]);
    assert.equal(constant.r2, null);
    assert.equal(constant.reasons.r2, 'all labels are equal');
    const zero = regressionEvaluation([0, 2], [1, 3]);
    assert.equal(zero.mape, null);
    assert.equal(zero.reasons.mape, '1 labels are 0');
    assert.equal(regressionEvaluation([], []).rmse, null);
  });

  it('refuses a missing prediction, naming the row', () => {
    assert.throws(() => regressionEvaluation([1, 2], [1, NaN]), /row 2: label is 2 and prediction is NaN/);
  });
});
