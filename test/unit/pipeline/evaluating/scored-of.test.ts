import assert from 'node:assert/strict';
import { scoredFrom } from '../../../../src/pipeline/evaluating/scored-of.js';

describe('scores that others computed', () => {
  it('give a row no class where one of its probabilities is missing', () => {
    const outputs = [Float64Array.of(0.2, NaN, 0.4), Float64Array.of(0.8, 0.9, NaN)];
    const bundle = { task: 'multiclass', threshold: null, classes: ['a', 'b'] } as const;
    const { scores } = scoredFrom({ ...bundle, classes: [...bundle.classes] }, outputs, 3);
    assert.deepEqual([...scores], [1, NaN, NaN]);
  });
});
