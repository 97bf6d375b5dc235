import assert from 'node:assert/strict';
import { doaneEdges, sturgesEdges } from '../../../src/drift/methods/binning.js';
import { chiSquareContingency, chiSquareFit, gTest } from '../../../src/drift/methods/chi-square.js';
import { cramerVonMises } from '../../../src/drift/methods/cramer-von-mises.js';
import { decileShares, flooredPsi } from '../../../src/drift/methods/decile-psi.js';
import { deequChiSquare, robustDistance } from '../../../src/drift/methods/deequ.js';
import {
  hellinger,
  jensenShannon,
  kullbackLeibler,
  largestDifference,
  populationStabilityIndex,
  withoutZeros,
} from '../../../src/drift/methods/divergences.js';
import { energyDistance } from '../../../src/drift/methods/energy-distance.js';
import { fisherExact } from '../../../src/drift/methods/fisher-exact.js';
import { ksAsymptoticP, ksTest } from '../../../src/drift/methods/kolmogorov-smirnov.js';
import { proportionsTest } from '../../../src/drift/methods/proportions.js';
import { leveneTest } from '../../../src/drift/methods/levene.js';
import { mannWhitney } from '../../../src/drift/methods/mann-whitney.js';
import { cohensD, momentsOf, studentTest, welchTest } from '../../../src/drift/methods/moments.js';
import { sorted } from '../../../src/drift/methods/samples.js';
import { totalVariation } from '../../../src/drift/methods/total-variation.js';
import { wassersteinDistance, wassersteinNormed } from '../../../src/drift/methods/wasserstein.js';
import { evidentlyMethods, numericShares } from '../../../src/drift/profiles/evidently-methods.js';
import { nannymlMethods } from '../../../src/drift/profiles/nannyml-methods.js';
import { upperLimit } from '../../../src/drift/profiles/nannyml.js';
import { categories, numbers } from '../../support/generated.js';
import { near } from './near.js';
import { countsOf as mapOf, numeric } from './samples-of.js';

const countsOf = (keys: readonly string[], words: readonly string[]) => keys.map((key) => mapOf(words).get(key) ?? 0);
const edgesOf = (left: Float64Array, right: Float64Array) =>
  sturgesEdges(Math.min(left[0]!, right[0]!), Math.max(left.at(-1)!, right.at(-1)!), left.length + right.length);

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
    const edges = edgesOf(...large);
    assert.equal(edges.length, 14);
    near(edges[1], -1.137023127141695);
    assert.equal(edges.at(-1), 1.7097393105970695);
    assert.equal(edgesOf(...small).length, 11);
    assert.equal(doaneEdges(large[0]).length, 13);
  });

  const binned: [typeof large, number, number, number][] = [
    [large, 0.15965185772607338, 0.06524564987539783, 0.13354931670774592],
    [small, 0.5201172908786116, 0.1450726993906301, 0.2065531091079546],
  ];
  for (const [samples, psi, kl, js] of binned) {
    it(`PSI, Kullback-Leibler and Jensen-Shannon of ${samples[0].length} against ${samples[1].length} numbers`, () => {
      const [p, q] = numericShares(numeric(samples[0]), numeric(samples[1]));
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

  it('Levene around the medians, which hears a change of spread that the means do not show', () => {
    const first = leveneTest(...large)!;
    near(first.statistic, 8.533604893548638);
    near(first.p, 0.003519056332326524);
    near(leveneTest(...small)!.p, 0.0002314924199519689);
    const odd = leveneTest(Float64Array.from([1, 1, 2, 9]), Float64Array.from([5, 5, 5, 5.5, 6]))!;
    near(odd.statistic, 1.5752330226364846);
    near(odd.p, 0.2497249227329592);
    assert.equal(leveneTest(Float64Array.of(1, 1), Float64Array.of(2, 2, 2)), null);
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

  it("NannyML's distances, with what lies outside the reference as one more bin", () => {
    const { jensen_shannon: js, hellinger: far } = nannymlMethods;
    near(js!.continuous!(large[0]).value(large[1]), 0.1742344656231785);
    near(far!.continuous!(large[0]).value(large[1]), 0.154926916430386);
    near(js!.categorical!(mapOf(letters[0])).value(mapOf(letters[1])), 0.08572456076030138);
    near(far!.categorical!(mapOf(letters[0])).value(mapOf(letters[1])), 0.08141943036861507);
  });

  it("NannyML's estimates from 10,000 bins, with its bias", () => {
    const [reference, current] = [sorted(numbers(51, 12000, 0, 1)), sorted(numbers(52, 2000, 0.4, 1.3))];
    near(nannymlMethods.kolmogorov_smirnov!.continuous!(reference).value(current), 0.28558333333329056);
    near(nannymlMethods.wasserstein!.continuous!(reference).value(current), 0.39908122647462857);
    near(wassersteinDistance(reference, current), 0.399073403633153);
  });

  it("NannyML's limits from chunks of the reference", () => {
    const chunks = [
      0.13068264163618615, 0.12716361389818076, 0.08556894681451555, 0.1313540918677224, 0.14403607055261397,
      0.15625793878160868, 0.09494736377878359, 0.09920211763473373, 0.06651999063925687, 0.0847135133276397,
    ];
    near(upperLimit(chunks), 0.19639092174422002);
  });
});

describe('recorded values of further methods', () => {
  it('energy distance and the tests of means, ranks and distribution functions', () => {
    near(energyDistance(...large), 0.1800186870063846);
    near(energyDistance(...small), 0.3736393549737677);
    near(studentTest(momentsOf(large[0]), momentsOf(large[1]))?.p, 1.7251677092910407e-15);
    near(studentTest(momentsOf(small[0]), momentsOf(small[1]))?.p, 0.00016425042427182113);
    near(mannWhitney(...large).p, 3.3142351153494177e-13);
    near(mannWhitney(...large, 'less').p, 3.3142351153494177e-13 / 2);
    near(mannWhitney(...small).p, 0.0011929283478285704);
    near(cramerVonMises(...small)?.p, 0.0008237090838976169);
    // The reference takes this from 1: releases of it differ by 1e-16 themselves, which is all the digits there are.
    assert.ok(Math.abs(cramerVonMises(...large)!.p - 6.298850330210826e-11) < 2e-15);
    near(welchTest(momentsOf(large[0]), momentsOf(large[1]))?.statistic, -7.860107318585248);
  });

  it("Evidently's Hellinger distance of numbers and of categories", () => {
    const { hellinger: far } = evidentlyMethods;
    near(far!.numeric!(numeric(large[0]), numeric(large[1])), 0.13864337498460874);
    near(far!.numeric!(numeric(small[0]), numeric(small[1])), 0.2253418983204436);
  });

  it('the index of stability by deciles, and with a floor', () => {
    near(flooredPsi(...decileShares(...large), 1e-4), 0.12647009909176793);
    const share = (list: readonly string[]) => countsOf([...'abcde'], list).map((count) => count / list.length);
    near(flooredPsi(share(letters[0]), share(letters[1]), 0.01), 0.013042038549382478);
    near(totalVariation(share(letters[0]), share(letters[1])), 0.05375000000000001);
  });

  it("Deequ's robust distance", () => {
    near(robustDistance(0.13377777777777777, 1500, 900), 0.05788311393373666);
    near(robustDistance(0.13377777777777777, 1500, 900, 0.05), 0.07651518999821276);
    assert.equal(robustDistance(0.03975, 800, 500), 0);
  });

  it("Deequ's chi-square test puts rare categories together", () => {
    near(deequChiSquare([50, 50], [60, 40]), chiSquareFit([60, 40], [50, 50])!.p);
    // Expected 50, 40, 4, 4 and 2: of five, one may be below 5, so the three rare ones become one of 10.
    near(deequChiSquare([50, 40, 4, 4, 2], [40, 40, 8, 8, 4]), chiSquareFit([40, 40, 20], [50, 40, 10])!.p);
    assert.equal(deequChiSquare([6, 6], [3, 9]), null, 'two that are too rare become one');
  });

  it("Fisher's exact test", () => {
    near(fisherExact(12, 88, 3, 97), 0.028671314973177094);
    assert.equal(fisherExact(0, 0, 3, 4), 1);
    near(fisherExact(5, 5, 5, 5), 1);
  });

  it('the likelihood ratio is infinite where nothing was expected', () => {
    assert.equal(gTest([1, 2, 5], [3, 5, 0])?.p, 0);
    near(gTest([10, 20], [15, 15])?.statistic, 2 * (10 * Math.log(10 / 15) + 20 * Math.log(20 / 15)));
  });

  it("Cohen's d is the distance of the means in the spread both share", () => {
    near(cohensD(momentsOf(Float64Array.of(1, 2, 3)), momentsOf(Float64Array.of(3, 4, 5))), 2);
    assert.equal(cohensD(momentsOf(Float64Array.of(2, 2)), momentsOf(Float64Array.of(3, 3))), null);
  });
});
