import assert from 'node:assert/strict';
import { atWidth, besideLimit, certainAnswer, widthOf } from '../../../src/documents/certainty.js';

const near = (found: number, expected: number, by = 1e-6) =>
  assert.ok(Math.abs(found - expected) <= by, `found ${found}, expected ${expected}`);

describe('how sure an answer is', () => {
  it('goes by quantiles of the normal curve, further out the more figures share what may be wrong', () => {
    // scipy.stats.norm.isf((1 - confidence) / 2 / tests)
    near(widthOf(0.5), 0.6744897501960817);
    near(widthOf(0.95), 1.9599639845400545);
    near(widthOf(0.95, 100), 3.4807564043462422);
    near(widthOf(0.999999, 1000), 6.109410191663286, 2e-6);
    assert.deepEqual(atWidth(0.8, [0.7, 0.85], widthOf(0.95)), [0.8 - (0.8 - 0.7), 0.8 + (0.85 - 0.8)]);
    const [low, high] = atWidth(0.8, [0.7, 0.85], 2 * widthOf(0.95));
    near(low, 0.6);
    near(high, 0.9);
  });

  it('adds the noise of a limit that is another figure, each side with the side that matters', () => {
    assert.deepEqual(besideLimit(0.8, [0.7, 0.85], 0.75, null), [0.8 - (0.8 - 0.7), 0.8 + (0.85 - 0.8)]);
    // The value may be too high by 0.03 where the limit is too low by 0.04, and too low by 0.06 where it is too high by 0.08.
    const [low, high] = besideLimit(0.5, [0.44, 0.53], 0.6, [0.56, 0.68]);
    near(low, 0.4);
    near(high, 0.55);
  });

  it('fails where all of the interval is beyond, warns where it touches, and passes what is within', () => {
    const above = (value: number, interval: [number, number]) => certainAnswer('>=', value, interval, 0.7);
    assert.equal(above(0.6, [0.5, 0.69]), 'fail');
    assert.equal(above(0.6, [0.5, 0.7]), 'warn');
    assert.equal(above(0.71, [0.6, 0.8]), 'pass');
    assert.equal(above(0.8, [0.75, 0.9]), 'pass');
    const below = (value: number, interval: [number, number]) => certainAnswer('<', value, interval, 0.25);
    assert.equal(below(0.4, [0.25, 0.5]), 'fail', 'the limit itself is beyond it');
    assert.equal(below(0.4, [0.24, 0.5]), 'warn');
    assert.equal(below(0.2, [0.1, 0.5]), 'pass');
    assert.equal(below(0.4, [0, 0.2]), 'pass', 'chance alone makes an index that large');
  });
});
