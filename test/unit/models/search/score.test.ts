import assert from 'node:assert/strict';
import { scoreOf } from '../../../../src/models/search/score.js';

describe('the score of a trial', () => {
  const labels = Float64Array.of(0, 1);

  it('is none where a prediction is not a number, so that it never ranks', () => {
    const predicted = [Float64Array.of(0.5, NaN), Float64Array.of(0.5, NaN)];
    assert.equal(scoreOf('multiclass', 'log_loss', labels, predicted), null);
  });

  it('is none where it overflows', () => {
    assert.equal(scoreOf('regression', 'rmse', labels, [Float64Array.of(1e200, -1e200)]), null);
  });
});
