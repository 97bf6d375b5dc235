import assert from 'node:assert/strict';
import { fBeta } from '../../../../src/models/metrics/binary-figures.js';
import { prCurve, rocCurve, thresholdSweep } from '../../../../src/models/metrics/curves.js';
import { binaryRows } from '../support/golden.js';

describe('curves', () => {
  it("have scikit-learn's points", () => {
    const labels = [0, 0, 1, 1];
    const scores = [0.1, 0.4, 0.35, 0.8];
    const pr = prCurve(labels, scores).reverse();
    assert.deepEqual(
      pr.map(({ threshold }) => threshold),
      [0.1, 0.35, 0.4, 0.8],
    );
    assert.deepEqual(
      pr.map(({ precision }) => precision),
      [0.5, 2 / 3, 0.5, 1],
    );
    assert.deepEqual(
      pr.map(({ recall }) => recall),
      [1, 1, 0.5, 0.5],
    );
    assert.deepEqual(rocCurve(labels, scores), [
      { threshold: null, fpr: 0, tpr: 0 },
      { threshold: 0.8, fpr: 0, tpr: 0.5 },
      { threshold: 0.4, fpr: 0.5, tpr: 0.5 },
      { threshold: 0.35, fpr: 0.5, tpr: 1 },
      { threshold: 0.1, fpr: 1, tpr: 1 },
    ]);
  });

  it('find the best F1 of the reference rows at its lowest threshold', () => {
    const { labels, scores } = binaryRows();
    const sweep = thresholdSweep(labels, scores);
    const f1 = (at: (typeof sweep)[number]) => fBeta(at, 1)!;
    const best = sweep.reduce((top, point) => (f1(point) > f1(top) ? point : top));
    assert.equal(best.threshold, 0.45);
    assert.ok(Math.abs(f1(best) - 0.5815602836879433) < 1e-12);
  });

  it('stay short over many rows, keep their ends, and keep the steps of few positives', () => {
    const n = 200_000;
    const scores = Float64Array.from({ length: n }, (_, row) => row / n);
    const labels = Uint8Array.from({ length: n }, (_, row) => Number(row % 10_000 === 9_999));
    const roc = rocCurve(labels, scores);
    assert.ok(roc.length <= 502, `${roc.length} points`);
    assert.deepEqual(roc.at(-1), { threshold: 0, fpr: 1, tpr: 1 });
    assert.equal(new Set(roc.map(({ tpr }) => tpr)).size, 21);
  });

  it('are empty where they are not defined', () => {
    assert.deepEqual(prCurve([0, 0], [0.1, 0.2]), []);
    assert.deepEqual(rocCurve([1, 1], [0.1, 0.2]), []);
  });
});
