import assert from 'node:assert/strict';
import { widthOf, type Interval } from '../../../../src/documents/certainty.js';
import type { ColumnDrift } from '../../../../src/documents/monitoring.js';
import { psiOfShares } from '../../../../src/drift/category-baseline.js';
import { zOfMean } from '../../../../src/drift/mean-shift.js';
import { statisticsOf } from '../../../../src/drift/statistics.js';
import { randomSource } from '../../../../src/models/random-source.js';
import {
  noiseOfMean,
  noiseOfNulls,
  noiseOfPsi,
  noiseOfRise,
} from '../../../../src/pipeline/evaluating/column-noise.js';

const width = widthOf(0.95);
const side = (rows: number, more: Partial<ColumnDrift['current']> = {}) => ({
  ...{ mean: 0, std: 1, nullPct: 0, count: rows, rows },
  ...more,
});
const column = (
  baseline: ColumnDrift['baseline'],
  current: ColumnDrift['current'],
  more: Partial<ColumnDrift> = {},
): ColumnDrift => ({
  ...{ column: 'a', baseline, current, z: null, infinite: false, importance: null, histogram: null },
  ...more,
});

/** How often an interval of samples leaves out the truth on either side. */
function missed(times: number, truth: number, interval: (random: () => number) => Interval) {
  const random = randomSource(7);
  let [below, above] = [0, 0];
  for (let time = 0; time < times; time++) {
    const [low, high] = interval(random);
    if (low > truth) below++;
    if (high < truth) above++;
  }
  return { below: below / times, above: above / times };
}

describe('the noise of a figure of a column', () => {
  it('of a mean that moved half a standard deviation is as large as it is said to be', () => {
    const { below, above } = missed(1000, 0.5, (random) => {
      const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
      const [before, after] = [
        Float64Array.from({ length: 150 }, normal),
        Float64Array.from({ length: 60 }, () => normal() + 0.5),
      ];
      const [baseline, current] = [statisticsOf(before, before), statisticsOf(after, after)];
      const z = zOfMean(current.mean, baseline.mean, baseline.std).value;
      return noiseOfMean(column(side(150, { std: baseline.std }), side(60, { std: current.std }), { z }))!(width);
    });
    assert.ok(below > 0.01 && below < 0.045 && above > 0.01 && above < 0.045, `${below} ${above}`);
  });

  it('of an index of stability over many rare categories takes off what chance alone makes', () => {
    const count = 150;
    const weights = Array.from({ length: count }, (_, at) => 1 / (at + 1));
    const total = weights.reduce((sum, one) => sum + one, 0);
    const sample = (rows: number, random: () => number) => {
      const shares = new Array<number>(count).fill(0);
      for (let row = 0; row < rows; row++) {
        let left = random() * total;
        shares[
          Math.min(
            count - 1,
            weights.findIndex((weight) => (left -= weight) < 0),
          )
        ]! += 1 / rows;
      }
      return shares;
    };
    let raw = 0;
    const { below } = missed(60, 0.25, (random) => {
      const [before, after] = [sample(600, random), sample(240, random)];
      const psi = psiOfShares(before, after);
      raw += Number(psi > 0.25);
      return noiseOfPsi(
        column(side(600), side(240), { psi, histogram: { edges: [], baseline: before, current: after } }),
      )!(width);
    });
    assert.equal(raw, 60, 'the index itself is beyond the limit every time');
    assert.equal(below, 0);
  });

  it('of an index of stability keeps a shift that is there', () => {
    const histogram = { edges: [], baseline: [0.5, 0.3, 0.2], current: [0.2, 0.3, 0.5] };
    const psi = psiOfShares(histogram.baseline, histogram.current);
    const [low, high] = noiseOfPsi(column(side(1000), side(1000), { psi, histogram }))!(width);
    assert.ok(low > 0.4 && low < psi && high > psi && high < 0.7, `${low} ${psi} ${high}`);
  });

  it('of nulls is that of a rate, and of their rise that of two', () => {
    // statsmodels: proportion_confint(30, 200, method='wilson'), confint_proportions_2indep(30, 200, 20, 400, method='newcomb')
    const [low, high] = noiseOfNulls(side(170, { nullPct: 15, rows: 200 }))!(width);
    assert.deepEqual(
      [low, high].map((end) => end.toFixed(4)),
      ['10.7136', '20.6056'],
    );
    const rise = noiseOfRise(column(side(380, { nullPct: 5, rows: 400 }), side(170, { nullPct: 15, rows: 200 })))!(
      width,
    );
    assert.deepEqual(
      rise.map((end) => end.toFixed(3)),
      ['4.989', '15.869'],
    );
  });

  it('is not told where a document does not hold what it takes', () => {
    const old = column({ mean: 0, std: null, nullPct: null, count: 0 }, side(50), { z: 1, psi: 0.3 });
    assert.deepEqual([noiseOfMean(old), noiseOfPsi(old), noiseOfRise(old)], [undefined, undefined, undefined]);
  });
});
