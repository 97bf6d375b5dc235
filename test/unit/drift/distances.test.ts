import assert from 'node:assert/strict';
import fc from 'fast-check';
import { andersonDarling } from '../../../src/drift/methods/anderson-darling.js';
import { countsIn, doaneEdges, sturgesEdges } from '../../../src/drift/methods/binning.js';
import { cramerVonMises } from '../../../src/drift/methods/cramer-von-mises.js';
import { decileShares, flooredPsi } from '../../../src/drift/methods/decile-psi.js';
import { energyDistance } from '../../../src/drift/methods/energy-distance.js';
import { ksTest } from '../../../src/drift/methods/kolmogorov-smirnov.js';
import { mannWhitney } from '../../../src/drift/methods/mann-whitney.js';
import { cohensD, momentsOf, studentTest, welchTest } from '../../../src/drift/methods/moments.js';
import { sorted } from '../../../src/drift/methods/samples.js';
import { sortNumbers } from '../../../src/common/sort-numbers.js';
import { permutedTotalVariation } from '../../../src/drift/methods/total-variation.js';
import { wassersteinDistance } from '../../../src/drift/methods/wasserstein.js';
import { numbers } from '../../support/generated.js';

const edgesOf = (left: Float64Array, right: Float64Array) =>
  sturgesEdges(Math.min(left[0]!, right[0]!), Math.max(left.at(-1)!, right.at(-1)!), left.length + right.length);

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
        for (const edges of [edgesOf(values, values), doaneEdges(values)]) {
          const total = countsIn(edges, values).reduce((sum, count) => sum + count, 0);
          assert.equal(total, values.length);
        }
      }),
    );
  });

  it('leave out what is missing or infinite', () => {
    assert.deepEqual([...sorted(Float64Array.of(3, NaN, Infinity, 1, -Infinity))], [1, 3]);
  });

  it('grow with a shift, and their tests become surer', () => {
    const base = numbers(7, 300, 0, 1);
    const moved = [0, 0.1, 0.3, 0.9].map((shift) => sorted(base.map((value) => value + shift)));
    const figures: [string, (values: Float64Array) => number, 1 | -1][] = [
      ['energy', (values) => energyDistance(sorted(base), values), 1],
      ['index of stability', (values) => flooredPsi(...decileShares(sorted(base), values), 1e-4), 1],
      ['Mann-Whitney', (values) => mannWhitney(sorted(base), values).p, -1],
      ['Cramér-von Mises', (values) => cramerVonMises(sorted(base), values)!.p, -1],
      ['Anderson-Darling', (values) => andersonDarling(sorted(base), values)!.p, -1],
      ['Welch', (values) => welchTest(momentsOf(base), momentsOf(values))!.p, -1],
      ['Cohen', (values) => cohensD(momentsOf(base), momentsOf(values))!, 1],
    ];
    for (const [name, of, sign] of figures) {
      const found = moved.map((values) => sign * of(values));
      // Cramér-von Mises' series ends at terms of 1e-7, as the reference's does.
      for (let at = 1; at < found.length; at += 1)
        assert.ok(found[at]! >= found[at - 1]! - 1e-7, `${name}: ${found.join(' ')}`);
      assert.ok(found.at(-1)! > found[0]!, name);
    }
  });

  it('by ranks and by distribution functions are the same both ways, ties or not', () => {
    const tied = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(tied, tied, (left, right) => {
        const [one, other] = [Float64Array.from(left).sort(), Float64Array.from(right).sort()];
        const pairs: [number | undefined, number | undefined][] = [
          [mannWhitney(one, other).p, mannWhitney(other, one).p],
          [cramerVonMises(one, other)?.p, cramerVonMises(other, one)?.p],
          [andersonDarling(one, other)?.p, andersonDarling(other, one)?.p],
          [energyDistance(one, other), energyDistance(other, one)],
        ];
        for (const [there, back] of pairs) {
          assert.ok(there === back || Math.abs(there! - back!) < 1e-9, `${there} ${back}`);
          assert.ok(there === undefined || there >= 0);
        }
      }),
    );
  });

  it('Wasserstein’s is the area between the shares of values up to each', () => {
    const sample = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(sample, sample, (left, right) => {
        const share = (values: number[], most: number) =>
          values.filter((value) => value <= most).length / values.length;
        let area = 0;
        for (let value = -9; value < 9; value++) area += Math.abs(share(left, value) - share(right, value));
        const [one, other] = [left, right].map((values) => Float64Array.from(values).sort());
        assert.ok(Math.abs(wassersteinDistance(one!, other!) - area) < 1e-12);
      }),
    );
  });

  it('by mixing rows at random are the same in every run', () => {
    const [before, after] = [Int32Array.of(0, 0, 0, 1, 1, 2), Int32Array.of(0, 1, 1, 2, 2, 2)];
    assert.equal(permutedTotalVariation(before, after, 3), permutedTotalVariation(before, after, 3));
    assert.equal(permutedTotalVariation(before, before, 3), 1);
  });

  it('say nothing of one value, or of values that are all equal', () => {
    const [one, same] = [Float64Array.of(1), Float64Array.of(2, 2, 2)];
    assert.equal(studentTest(momentsOf(one), momentsOf(one)), null);
    assert.equal(cramerVonMises(one, same), null);
    assert.equal(andersonDarling(same, same), null);
    assert.equal(mannWhitney(same, same).p, 1);
    assert.equal(flooredPsi(...decileShares(same, same), 1e-4), 0);
  });
});

describe('sorting numbers', () => {
  it('gives the same order as comparing does, whatever the values', () => {
    const value = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer({ min: -3, max: 3 }),
      fc.double({ min: 1e9, max: 1e9 + 1e-3, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 200 }), (values) => {
        // Long enough for the fast way, with every value many times.
        const many = Float64Array.from({ length: 4000 }, (_, at) => values[(at * 7) % values.length]!);
        const expected = many.slice().sort((a, b) => a - b);
        assert.ok(sortNumbers(many).every((found, at) => found === expected[at]));
      }),
      { numRuns: 50 },
    );
  });
});
