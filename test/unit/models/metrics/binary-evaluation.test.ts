import assert from 'node:assert/strict';
import { binaryEvaluation } from '../../../../src/models/metrics/binary-evaluation.js';
import { assertClose } from '../support/close.js';
import { binaryRows } from '../support/golden.js';

describe('binary evaluation', () => {
  it("gives scikit-learn's figures on the reference rows", () => {
    const { labels, scores } = binaryRows();
    const result = binaryEvaluation(labels, scores, 0.5);
    assert.deepEqual(result.confusion, { tp: 73, fp: 76, fn: 38, tn: 113 });
    assert.equal(result.n, 300);
    assert.equal(result.positives, 111);
    assertClose(
      [result.precision!, result.recall!, result.f1!, result.roc_auc!, result.average_precision!],
      [0.4899328859060403, 0.6576576576576577, 0.5615384615384615, 0.6721245054578388, 0.544503913900044],
      1e-12,
    );
    assertClose([result.log_loss!, result.brier!], [0.6458091329020325, 0.22653333333333336], 1e-12);
    assertClose(
      [result.mcc!, result.balanced_accuracy!, result.kappa!, result.ks!, result.ece!],
      [0.24675832176677848, 0.6277706277706279, 0.23868037932416197, 0.26783926783926787, 0.10633333333333334],
      1e-12,
    );
    assertClose([result.accuracy!, result.fpr!, result.npv!], [186 / 300, 76 / 189, 0.7483443708609272], 1e-12);
    assert.deepEqual(result.reasons, {});
  });

  it('counts ties once in ROC AUC and average precision', () => {
    const tied = binaryEvaluation([0, 1, 1, 0, 1], [0.5, 0.5, 0.5, 0.2, 0.9], 0.5);
    assertClose([tied.roc_auc!, tied.average_precision!], [0.8333333333333333, 0.8333333333333333], 1e-12);
    const small = binaryEvaluation([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8], 0.5);
    assertClose([small.roc_auc!, small.average_precision!], [0.75, 0.8333333333333333], 1e-12);
    assert.equal(binaryEvaluation([1, 0], [0.5, 0.5], 0.5).roc_auc, 0.5);
  });

  it('predicts 1 where the score equals the threshold, and takes -0 for 0', () => {
    assert.equal(binaryEvaluation([1, 0], [0.5, 0.4], 0.5).confusion.tp, 1);
    assert.equal(binaryEvaluation([1, 0], [-0, 0], 0.5).roc_auc, 0.5);
  });

  it('leaves out what cannot be computed and says why', () => {
    const none = binaryEvaluation([0, 0], [0.1, 0.2], 0.5);
    assert.equal(none.recall, null);
    assert.equal(none.roc_auc, null);
    assert.equal(none.average_precision, null);
    assert.equal(none.reasons.recall, 'no positives');
    assert.match(none.reasons.roc_auc!, /one class: no positives/);
    assert.equal(none.reasons.precision, 'nothing was predicted positive');
    assert.equal(none.fpr, 0);
    assert.equal(none.npv, 1);
    const flagged = binaryEvaluation([0, 1], [0.8, 0.9], 0.5);
    assert.equal(flagged.npv, null);
    assert.equal(flagged.reasons.npv, 'nothing was predicted negative');
    const empty = binaryEvaluation([], [], 0.5);
    assert.equal(empty.accuracy, null);
    assert.equal(empty.reasons.log_loss, 'no rows');
  });

  it('has no log loss where a score is no probability, but still ranks', () => {
    const result = binaryEvaluation([0, 1], [-2, 3.5], 0);
    assert.equal(result.log_loss, null);
    assert.equal(result.brier, null);
    assert.match(result.reasons.brier!, /row 1 is -2, not a probability/);
    assert.equal(result.roc_auc, 1);
  });

  it('counts a row of weight 2 like the same row twice', () => {
    const weighted = binaryEvaluation([1, 0, 1], [0.7, 0.7, 0.2], 0.5, [2, 1, 1]);
    const doubled = binaryEvaluation([1, 1, 0, 1], [0.7, 0.7, 0.7, 0.2], 0.5);
    assert.deepEqual(weighted.confusion, doubled.confusion);
    assert.equal(weighted.roc_auc, doubled.roc_auc);
    assert.equal(weighted.average_precision, doubled.average_precision);
    assertClose([weighted.log_loss!, weighted.brier!], [doubled.log_loss!, doubled.brier!], 1e-15);
  });

  it('refuses labels and scores that are none, naming the row', () => {
    assert.throws(() => binaryEvaluation([0, 2], [0, 0], 0.5), /label of row 2 is 2, expected 0 or 1/);
    assert.throws(() => binaryEvaluation([0, 1], [0, NaN], 0.5), /score of row 2 is not a number/);
    assert.throws(() => binaryEvaluation([0, 1], [0], 0.5), /same number of rows, found 2, 1/);
  });

  it('evaluates a million rows in a few seconds', function () {
    this.timeout(20000);
    const n = 1_000_000;
    const scores = Float64Array.from({ length: n }, (_, row) => ((row * 7919) % 104729) / 104729);
    const labels = Uint8Array.from(scores, (score, row) => (((row * 31) % 97) / 97 < score ? 1 : 0));
    const result = binaryEvaluation(labels, scores, 0.5);
    assert.ok(result.roc_auc! > 0.8 && result.roc_auc! < 0.9);
  });
});
