import assert from 'node:assert/strict';
import { scoresOf } from '../../../../src/models/search/score.js';

describe('the score of a trial', () => {
  const labels = Float64Array.of(0, 1);

  it('is none where a prediction is not a number, so that it never ranks', () => {
    const predicted = [Float64Array.of(0.5, NaN), Float64Array.of(0.5, NaN)];
    assert.equal(scoresOf('multiclass', 'log_loss', labels, predicted).log_loss, null);
  });

  it('of several classes goes by any figure of theirs', () => {
    const truths = Float64Array.of(0, 1, 2, 2);
    const predicted = [
      Float64Array.of(0.8, 0.3, 0.1, 0.6),
      Float64Array.of(0.1, 0.4, 0.2, 0.2),
      Float64Array.of(0.1, 0.3, 0.7, 0.2),
    ];
    // Predicted 0, 1, 2, 0: F1 is 2/3, 1 and 2/3, recall 1, 1 and 1/2.
    const near = (metric: string, expected: number) =>
      assert.ok(Math.abs(scoresOf('multiclass', metric, truths, predicted)[metric]! - expected) < 1e-12, metric);
    near('macro_f1', 7 / 9);
    near('balanced_accuracy', 5 / 6);
    near('accuracy', 3 / 4);
  });

  it('is none where it overflows', () => {
    assert.equal(scoresOf('regression', 'rmse', labels, [Float64Array.of(1e200, -1e200)]).rmse, null);
  });
});
