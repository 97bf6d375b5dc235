import assert from 'node:assert/strict';
import { binaryEvaluation } from '../../../../src/models/metrics/binary-evaluation.js';
import { binaryIntervals, regressionIntervals } from '../../../../src/models/metrics/bootstrap.js';
import { lcgNumbers } from '../support/golden.js';

function rowsOf(n: number, seed = 5) {
  const u = lcgNumbers(seed);
  const scores = Float64Array.from({ length: n }, () => u());
  return { scores, labels: Float64Array.from(scores, (score) => Number(u() < score)) };
}

describe('bootstrap intervals', () => {
  it('hold the figure, and are narrower the more rows there are', () => {
    const widths = [100, 1000, 10_000].map((n) => {
      const { labels, scores } = rowsOf(n);
      const { intervals } = binaryIntervals(labels, scores, 0.5);
      const figures = binaryEvaluation(labels, scores, 0.5);
      for (const name of ['roc_auc', 'average_precision', 'f1', 'mcc', 'kappa', 'log_loss', 'brier'] as const) {
        const [low, high] = intervals[name]!;
        assert.ok(low <= figures[name]! && figures[name]! <= high, `${name} of ${n}`);
      }
      return intervals.roc_auc![1] - intervals.roc_auc![0];
    });
    assert.ok(widths[0]! > 2 * widths[1]! && widths[1]! > 2 * widths[2]!, String(widths));
  });

  it('hold the true area about as often as they say', () => {
    const covered = Array.from({ length: 60 }, (_, seed) => {
      const { labels, scores } = rowsOf(400, 100 + seed);
      const [low, high] = binaryIntervals(labels, scores, 0.5).intervals.roc_auc!;
      return low <= 5 / 6 && 5 / 6 <= high ? 1 : 0;
    }).reduce((sum: number, hit) => sum + hit, 0);
    assert.ok(covered >= 52, `${covered} of 60`);
  });

  it('are the same for the same rows', () => {
    const { labels, scores } = rowsOf(500);
    assert.deepEqual(binaryIntervals(labels, scores, 0.5), binaryIntervals(labels, scores, 0.5));
  });

  it('are none for a figure that most resamples do not have', () => {
    const { intervals } = binaryIntervals(
      [1, ...new Array<number>(40).fill(0)],
      [0.9, ...new Array<number>(40).fill(0.1)],
      0.5,
    );
    assert.equal(intervals.roc_auc, undefined, 'a third of the resamples has no positive');
    assert.ok(intervals.log_loss);
  });

  it('are not drawn from one row', () => {
    assert.match(binaryIntervals([1], [0.5], 0.5).reason!, /fewer than 2 rows/);
    assert.match(regressionIntervals([1], [0.5]).reason!, /fewer than 2 rows/);
  });

  it('cost little of many rows, and are as narrow as so many make them', () => {
    const { labels, scores } = rowsOf(400_000);
    const { intervals } = binaryIntervals(labels, scores, 0.5);
    const area = binaryEvaluation(labels, scores, 0.5).roc_auc!;
    const [low, high] = intervals.roc_auc!;
    // Hanley and McNeil's error of the area for 200,000 of each class.
    const expected =
      2 *
      1.96 *
      Math.sqrt(
        (area * (1 - area) + 2e5 * (area / (2 - area) - area ** 2)) / 4e10 +
          (2e5 * ((2 * area ** 2) / (1 + area) - area ** 2)) / 4e10,
      );
    assert.ok(low < area && area < high);
    assert.ok(Math.abs((high - low) / expected - 1) < 0.3, `${high - low} against ${expected}`);
  });

  it('hold the figures of a regression', () => {
    const u = lcgNumbers(3);
    const labels = Float64Array.from({ length: 300 }, () => 1e6 + u());
    const { intervals } = regressionIntervals(
      labels,
      labels.map((label) => label + (u() - 0.5) / 10),
    );
    const [low, high] = intervals.r2!;
    assert.ok(low > 0.98 && high < 1, 'labels far from 0 lose no digits');
    assert.ok(intervals.rmse![0] < 0.1 / Math.sqrt(12) && 0.1 / Math.sqrt(12) < intervals.rmse![1]);
  });
});
