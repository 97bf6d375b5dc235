import assert from 'node:assert/strict';
import { kolmogorovTail } from '../../../src/drift/special/kolmogorov.js';
import { chiSquareTail, normalTail } from '../../../src/drift/special/tails.js';
import { near } from './near.js';

describe('tails of distributions, against SciPy', () => {
  it('chi-square', () => {
    near(chiSquareTail(7.3, 3), 0.06292623645904312);
    near(chiSquareTail(250, 3), 6.543750030967994e-54);
    assert.equal(chiSquareTail(0, 4), 1);
    assert.equal(chiSquareTail(Infinity, 4), 0);
  });

  it('normal', () => {
    near(normalTail(8), 6.22096057427174e-16);
    near(normalTail(-1) + normalTail(1), 1);
    assert.equal(normalTail(0), 0.5);
  });

  // Every region of the method: tiny and large d, few and a million values, exact, series and one-sided tail.
  const kolmogorov: [number, number, number][] = [
    [0.05, 500, 0.15866260223815365],
    [0.2, 50, 0.03143877776953241],
    [0.01, 500, 0.9999999991073389],
    [0.02, 140, 0.9999999774822331],
    [0.1, 100, 0.2526927570063874],
    [0.003, 100_000, 0.3284563327726956],
    [0.0009, 1_000_000, 0.39250068453988984],
    [0.0019, 1_000_000, 0.0014617459887777949],
    [0.2, 120, 0.0001104713444709167],
    [0.3, 10, 0.27053557479999946],
    [0.7, 3, 0.05400000000000003],
    [0.06, 600, 0.025508315250604485],
  ];
  for (const [d, n, expected] of kolmogorov) {
    it(`Kolmogorov-Smirnov of ${n} values at ${d}`, () => {
      near(kolmogorovTail(d, n), expected);
    });
  }

  it('Kolmogorov-Smirnov at its ends', () => {
    assert.deepEqual([kolmogorovTail(0, 10), kolmogorovTail(1, 10), kolmogorovTail(0.5, 100_000)], [1, 0, 0]);
  });
});
