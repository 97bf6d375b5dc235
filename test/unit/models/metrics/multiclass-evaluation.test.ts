import assert from 'node:assert/strict';
import { multiclassEvaluation } from '../../../../src/models/metrics/multiclass-evaluation.js';
import { assertClose } from '../support/close.js';
import { lcgNumbers } from '../support/golden.js';

/** The reference rows: three classes, 200 rows. */
function referenceRows() {
  const u = lcgNumbers(61);
  const rows = Array.from({ length: 200 }, () => {
    const raw = [u(), u(), u()].map((value) => value + 0.05);
    const total = raw[0]! + raw[1]! + raw[2]!;
    const p = raw.map((value) => value / total);
    const at = u();
    const label = at < p[0]! ? 0 : at < p[0]! + p[1]! ? 1 : 2;
    return { p, label };
  });
  return {
    classes: ['a', 'b', 'c'],
    labels: rows.map(({ label }) => label),
    probabilities: [0, 1, 2].map((place) => Float64Array.from(rows, ({ p }) => p[place]!)),
  };
}

describe('multiclass evaluation', () => {
  it("gives scikit-learn's figures on the reference rows", () => {
    const rows = referenceRows();
    const found = multiclassEvaluation(rows);
    assert.deepEqual(
      found.per_class.map(({ support }) => support),
      [58, 71, 71],
    );
    assertClose(
      [found.accuracy!, found.macro_f1!, found.weighted_f1!, found.macro_precision!, found.macro_recall!],
      [0.465, 0.4633248190719455, 0.46419093231162195, 0.462869623655914, 0.4650315687226809],
      1e-12,
    );
    assertClose([found.log_loss!, found.roc_auc_ovr!], [0.9792683915908235, 0.6953627673552676], 1e-12);
    assert.equal(found.micro_f1, found.accuracy);
    assert.deepEqual(found.reasons, {});
  });

  it('takes predicted classes where there are no scores, and says what is missing then', () => {
    const found = multiclassEvaluation({ classes: ['a', 'b', 'c'], labels: [0, 1, 2, 2], predicted: [0, 1, 1, 2] });
    assert.equal(found.accuracy, 0.75);
    assert.deepEqual(found.confusion, [
      [1, 0, 0],
      [0, 1, 0],
      [0, 1, 1],
    ]);
    assert.equal(found.log_loss, null);
    assert.match(found.reasons.log_loss!, /no scores, only predicted classes/);
  });

  it('has no area where a class has no row, and names the class', () => {
    const found = multiclassEvaluation({
      classes: ['a', 'b', 'c'],
      labels: [0, 1],
      probabilities: [
        [0.6, 0.2],
        [0.3, 0.7],
        [0.1, 0.1],
      ],
    });
    assert.equal(found.roc_auc_ovr, null);
    assert.equal(found.reasons.roc_auc_ovr, 'no row is of class c');
    assert.ok(found.log_loss! > 0);
  });

  it('has no log loss where scores are no probabilities', () => {
    const scores = (first: number) => ({
      classes: ['a', 'b'],
      labels: [0, 1],
      probabilities: [
        [first, 0.2],
        [0.1, 0.8],
      ],
    });
    assert.match(multiclassEvaluation(scores(3)).reasons.log_loss!, /row 1 is 3, not a probability/);
    assert.match(multiclassEvaluation(scores(0.5)).reasons.log_loss!, /row 1 add up to 0.6/);
  });

  it('has nothing to say of no rows', () => {
    const found = multiclassEvaluation({ classes: ['a', 'b'], labels: [], predicted: [] });
    assert.equal(found.accuracy, null);
    assert.equal(found.macro_f1, null);
    assert.equal(found.reasons.macro_f1, 'no rows');
  });

  it('refuses a class that is none', () => {
    const wrong = { classes: ['a', 'b'], labels: [0, 2], predicted: [0, 1] };
    assert.throws(() => multiclassEvaluation(wrong), /label of row 2 is 2, expected a class from 0 to 1/);
  });
});
