import assert from 'node:assert/strict';
import { averageAreaIntervals } from '../../../../src/models/metrics/area-noise.js';
import { multiclassEvaluation } from '../../../../src/models/metrics/multiclass-evaluation.js';
import { lcgNumbers } from '../support/golden.js';

/** Rows of three classes of which some are rare; the model knows something of each. */
function drawn(chance: () => number, rows: number) {
  const labels = Array.from({ length: rows }, () => {
    const u = chance();
    return u < 0.15 ? 0 : u < 0.45 ? 1 : 2;
  });
  const probabilities = [0, 1, 2].map(() => new Float64Array(rows));
  labels.forEach((label, row) => {
    const raw = [0, 1, 2].map((place) => Math.exp((place === label ? 1 : 0) + 2 * (chance() + chance() + chance())));
    const sum = raw.reduce((total, one) => total + one, 0);
    raw.forEach((one, place) => {
      // Few digits, so that scores are equal often.
      probabilities[place]![row] = Math.round((100 * one) / sum) / 100;
    });
  });
  return { classes: ['a', 'b', 'c'], labels, probabilities };
}

describe('the interval of an area averaged over classes', () => {
  it("is DeLong's of two classes, as it is written down pair by pair", () => {
    const chance = lcgNumbers(5);
    const labels = Array.from({ length: 60 }, () => (chance() < 0.4 ? 1 : 0));
    const scores = labels.map((label) => Math.round(10 * (0.4 * label + chance())) / 10);
    const [positive, negative] = [1, 0].map((wanted) => scores.filter((_, row) => labels[row] === wanted));
    const psi = (x: number, y: number) => (x > y ? 1 : x === y ? 0.5 : 0);
    const mean = (of: number[]) => of.reduce((sum, one) => sum + one, 0) / of.length;
    const variance = (of: number[]) => of.reduce((sum, one) => sum + (one - mean(of)) ** 2, 0) / (of.length - 1);
    const v10 = positive!.map((x) => mean(negative!.map((y) => psi(x, y))));
    const v01 = negative!.map((y) => mean(positive!.map((x) => psi(x, y))));
    const half = 1.959963984540054 * Math.sqrt(variance(v10) / v10.length + variance(v01) / v01.length);
    const probabilities = [scores.map((score) => -score), scores];
    const { roc_auc_ovr: found } = averageAreaIntervals({ labels, probabilities }, [mean(v10), mean(v10)])!;
    assert.ok(
      Math.abs(found[0] - (mean(v10) - half)) < 1e-12 && Math.abs(found[1] - Math.min(1, mean(v10) + half)) < 1e-12,
    );
  });

  it('holds the area of many rows in 95 of 100 samples of few', () => {
    const chance = lcgNumbers(11);
    const truth = multiclassEvaluation(drawn(chance, 100_000));
    const held = { roc_auc_ovr: 0, roc_auc_ovr_weighted: 0 };
    const samples = 400;
    for (let sample = 0; sample < samples; sample++) {
      const rows = drawn(chance, 250);
      const { per_class } = multiclassEvaluation(rows);
      const intervals = averageAreaIntervals(
        rows,
        per_class.map(({ roc_auc }) => roc_auc!),
      )!;
      for (const name of ['roc_auc_ovr', 'roc_auc_ovr_weighted'] as const)
        if (intervals[name][0] <= truth[name]! && truth[name]! <= intervals[name][1]) held[name] += 1;
    }
    for (const [name, count] of Object.entries(held))
      assert.ok(count / samples > 0.92 && count / samples < 0.98, `${name}: ${count} of ${samples}`);
  });

  it('is not told of a class of one row', () => {
    const rows = {
      labels: [0, 0, 1],
      probabilities: [
        [0.9, 0.8, 0.1],
        [0.1, 0.2, 0.9],
      ],
    };
    assert.equal(averageAreaIntervals(rows, [1, 1]), undefined);
  });
});
