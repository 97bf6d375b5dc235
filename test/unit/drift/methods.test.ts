import assert from 'node:assert/strict';
import fc from 'fast-check';
import { countsIn, countsOf, doaneEdges, sturgesEdges } from '../../../src/drift/methods/binning.js';
import { chiSquareContingency, chiSquareFit } from '../../../src/drift/methods/chi-square.js';
import {
  hellinger,
  jensenShannon,
  kullbackLeibler,
  largestDifference,
  populationStabilityIndex,
  withoutZeros,
} from '../../../src/drift/methods/divergences.js';
import { ksAsymptoticP, ksTest } from '../../../src/drift/methods/kolmogorov-smirnov.js';
import { proportionsTest } from '../../../src/drift/methods/proportions.js';
import { sorted, together } from '../../../src/drift/methods/samples.js';
import { wassersteinDistance, wassersteinNormed } from '../../../src/drift/methods/wasserstein.js';
import { numericShares } from '../../../src/drift/profiles/evidently.js';
import { categoryShares, chunkLimits, continuousShares } from '../../../src/drift/profiles/nannyml.js';
import { categories, numbers } from '../../support/generated.js';
import { near } from './near.js';

const large = [sorted(numbers(1, 1500, 0, 1)), sorted(numbers(2, 900, 0.15, 1.1))] as const;
const small = [sorted(numbers(3, 200, 5, 2)), sorted(numbers(4, 120, 5.4, 2.5))] as const;
const letters = [
  categories(11, 800, [0.5, 0.8, 0.95, 1], 'abcd'),
  categories(12, 500, [0.42, 0.75, 0.93, 0.99, 1], 'abcde'),
] as const;

describe('recorded values of the reference libraries', () => {
  it('come from the same numbers', () => {
    assert.deepEqual([...numbers(1, 1500, 0, 1).slice(0, 2)], [-0.3900317687075585, -0.3750547533854842]);
    assert.deepEqual(countsOf([...'abcde'], letters[0]), [379, 256, 122, 43, 0]);
    assert.deepEqual(countsOf([...'abcde'], letters[1]), [217, 153, 95, 30, 5]);
  });

  it('bins by Sturges and by Doane', () => {
    const edges = sturgesEdges(together(...large));
    assert.equal(edges.length, 14);
    near(edges[1], -1.137023127141695);
    assert.equal(edges.at(-1), 1.7097393105970695);
    assert.equal(sturgesEdges(together(...small)).length, 11);
    assert.equal(doaneEdges(large[0]).length, 13);
  });

  const binned: [typeof large, number, number, number][] = [
    [large, 0.15965185772607338, 0.06524564987539783, 0.13354931670774592],
    [small, 0.5201172908786116, 0.1450726993906301, 0.2065531091079546],
  ];
  for (const [samples, psi, kl, js] of binned) {
    it(`PSI, Kullback-Leibler and Jensen-Shannon of ${samples[0].length} against ${samples[1].length} numbers`, () => {
      const [p, q] = numericShares(...samples);
      near(populationStabilityIndex(withoutZeros(p), withoutZeros(q)), psi);
      near(kullbackLeibler(withoutZeros(p), withoutZeros(q)), kl);
      near(jensenShannon(p, q), js);
    });
  }

  it('Wasserstein, plain and in standard deviations', () => {
    near(wassersteinDistance(...large), 0.17823016543960613);
    near(wassersteinNormed(...large), 0.3484250411021337);
    near(wassersteinDistance(...small), 0.5053082507856503);
    near(wassersteinNormed(...small), 0.506141233131175);
  });

  it('Kolmogorov-Smirnov, exact and asymptotic', () => {
    const first = ksTest(...large);
    near(first.statistic, 0.13377777777777777);
    near(first.p, 3.1549649891925267e-9);
    near(ksAsymptoticP(first.statistic, 1500, 900), 3.1215959656737495e-9);
    const second = ksTest(...small);
    near(second.statistic, 0.21833333333333332);
    near(second.p, 0.0013258014083152967);
    near(ksAsymptoticP(second.statistic, 200, 120), 0.0012801824345487758);
    const equal = ksTest(sorted(numbers(5, 100, 0, 1)), sorted(numbers(6, 100, 0.1, 1)));
    near(equal.statistic, 0.23);
    near(equal.p, 0.009878183186176536);
    near(ksAsymptoticP(equal.statistic, 100, 100), 0.008294463322497392);
  });

  it('categories: PSI, Kullback-Leibler, Jensen-Shannon, Hellinger, the largest difference', () => {
    const share = (list: readonly string[]) => countsOf([...'abcde'], list).map((count) => count / list.length);
    const [p, q] = [share(letters[0]), share(letters[1])];
    near(populationStabilityIndex(withoutZeros(p), withoutZeros(q)), 0.05863322339066458);
    near(kullbackLeibler(withoutZeros(p), withoutZeros(q)), 0.015829449403706664);
    near(jensenShannon(p, q), 0.07137037835045715);
    near(hellinger(p, q), 0.08141943036861507);
    near(largestDifference(p, q), 0.03975000000000001);
  });

  it('chi-square: goodness of fit, and homogeneity', () => {
    const [before, after] = [countsOf([...'abcd'], letters[0]), countsOf([...'abcd'], letters[1])];
    const scale = after.reduce((sum, count) => sum + count, 0) / 800;
    const fit = chiSquareFit(
      after,
      before.map((count) => count * scale),
    );
    near(fit?.statistic, 6.967565624173073);
    near(fit?.p, 0.07293878297853489);
    const homogeneity = chiSquareContingency(before, after);
    near(homogeneity?.statistic, 4.036898812344614);
    near(homogeneity?.p, 0.25750719220920765);
    assert.equal(chiSquareFit([1, 2, 5], [3, 5, 0])?.p, 0, 'a category that was never expected');
    assert.equal(chiSquareFit([7], [7]), null);
  });

  it('two shares', () => {
    const { statistic, p } = proportionsTest(416, 600, 243, 400);
    near(statistic, 2.8050570773911194);
    near(p, 0.005030767034195596);
    assert.equal(proportionsTest(10, 10, 20, 20).p, 1);
  });

  it("NannyML's bins, with what lies outside the reference as one more", () => {
    const [p, q] = continuousShares(...large);
    assert.equal(p.length, 13);
    near(q.at(-1), 0.01777777777777778);
    near(jensenShannon(p, q, 2), 0.1742344656231785);
    near(hellinger(p, q), 0.154926916430386);
    const [r, s] = categoryShares(...letters);
    near(jensenShannon(r, s, 2), 0.08572456076030138);
  });

  it("NannyML's limits from chunks of the reference", () => {
    const chunks = [
      0.13068264163618615, 0.12716361389818076, 0.08556894681451555, 0.1313540918677224, 0.14403607055261397,
      0.15625793878160868, 0.09494736377878359, 0.09920211763473373, 0.06651999063925687, 0.0847135133276397,
    ];
    near(chunkLimits(chunks).upper, 0.19639092174422002);
  });
});

describe('distances of samples', () => {
  const sample = fc
    .array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 40 })
    .map((values) => Float64Array.from(values).sort());

  it('are 0, and the test certain, between a sample and itself', () => {
    fc.assert(
      fc.property(sample, (values) => {
        assert.deepEqual(ksTest(values, values), { statistic: 0, p: 1 });
        assert.equal(wassersteinDistance(values, values), 0);
      }),
    );
  });

  it('are the same both ways', () => {
    fc.assert(
      fc.property(sample, sample, (left, right) => {
        const [there, back] = [ksTest(left, right), ksTest(right, left)];
        assert.ok(Math.abs(there.statistic - back.statistic) < 1e-12 && Math.abs(there.p - back.p) < 1e-12);
        assert.ok(there.p >= 0 && there.p <= 1);
        const [one, other] = [wassersteinDistance(left, right), wassersteinDistance(right, left)];
        assert.ok(Math.abs(one - other) <= 1e-9 * Math.max(1, one));
      }),
    );
  });

  it('of a shifted sample is the shift', () => {
    const whole = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(whole, fc.integer({ min: 0, max: 500 }), (values, shift) => {
        const left = Float64Array.from(values).sort();
        assert.ok(
          Math.abs(
            wassersteinDistance(
              left,
              left.map((value) => value + shift),
            ) - shift,
          ) < 1e-9,
        );
      }),
    );
  });

  it('count every value in one bin, ends included', () => {
    fc.assert(
      fc.property(sample, (values) => {
        for (const edges of [sturgesEdges(values), doaneEdges(values)]) {
          const total = countsIn(edges, values).reduce((sum, count) => sum + count, 0);
          assert.equal(total, values.length);
        }
      }),
    );
  });

  it('leave out what is missing or infinite', () => {
    assert.deepEqual([...sorted(Float64Array.of(3, NaN, Infinity, 1, -Infinity))], [1, 3]);
  });
});
