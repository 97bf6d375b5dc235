import assert from 'node:assert/strict';
import { classesOf } from '../../../../src/pipeline/scored/classes.js';
import { positiveScores } from '../../../../src/pipeline/scored/positive-scores.js';

describe('labels and predictions of classes', () => {
  const classes = (labels: (string | null)[], predicted: (string | null)[]) => {
    const found = classesOf('t.csv', { pattern: [], scoreNames: [], labels, predicted });
    return { names: found.classes.names, labels: [...found.labels], predicted: [...found.scores[0]!] };
  };

  it('are compared by their values, as scikit-learn does: 1.0 and 1, True and 1, TRUE and true', () => {
    assert.deepEqual(classes(['1.0', '2.0', '1.0'], ['1', '2', '2']), {
      names: ['1', '2'],
      labels: [0, 1, 0],
      predicted: [0, 1, 1],
    });
    for (const [labels, predicted] of [
      [
        ['True', 'False'],
        ['TRUE', 'FALSE'],
      ],
      [
        ['true', 'false'],
        ['1', '0'],
      ],
      [
        ['1.0', '0.0'],
        ['True', 'False'],
      ],
    ] as const) {
      const found = classes([...labels], [...predicted]);
      assert.equal(found.names.length, 2, String(labels));
      assert.deepEqual(found.labels, found.predicted, String(labels));
    }
    assert.deepEqual(classes(['9007199254740993'], ['9007199254740992']).names.length, 2);
  });

  it('stay apart where a column holds other words too: 01 and 1 are two codes then', () => {
    assert.deepEqual(classes(['01', '1', 'x'], ['1', '1', 'x']).names, ['01', '1', 'x']);
    assert.deepEqual(classes(['01', '1'], ['1', '1']).names, ['1']);
    assert.ok(Number.isNaN(classes(['a', null], ['a', 'b']).labels[1]));
  });
});

describe('the score of a captured answer that names a class', () => {
  const rows = (by: 'label' | 'predicted_label' | null, ...pairs: [string | null, number][]) =>
    pairs.map(([predicted, score]) => ({ id: 'e', at: null, label: '1', predicted, score, by }));
  const scores = (answered: ReturnType<typeof rows>, positive = '1', truths = ['0', '1']) =>
    [...positiveScores(answered, truths, positive)].map((score) => Number(score.toFixed(6)));

  it("is that class's own: beside a negative class the positive one has what is left of 1", () => {
    assert.deepEqual(scores(rows('label', ['LABEL_0', 0.98], ['LABEL_1', 0.9])), [0.02, 0.9]);
    assert.deepEqual(scores(rows('label', ['NEGATIVE', 0.7], ['POSITIVE', 0.6])), [0.3, 0.6]);
    assert.deepEqual(scores(rows('label', ['ham', 0.7], ['spam', 0.6]), 'spam'), [0.3, 0.6]);
    assert.deepEqual(scores(rows('label', ['False', 0.7], ['True', 0.6])), [0.3, 0.6]);
  });

  it("is the positive class's where it says so: a linear learner's, or below one half beside each negative class", () => {
    assert.deepEqual(scores(rows('predicted_label', ['0', 0.2], ['0', 0.6], ['1', 0.9])), [0.2, 0.6, 0.9]);
    assert.deepEqual(scores(rows('label', ['0', 0.2], ['1', 0.9])), [0.2, 0.9]);
    assert.deepEqual(scores(rows(null, [null, 0.2], [null, 0.9])), [0.2, 0.9]);
  });

  it('is refused where the class could be either', () => {
    assert.throws(() => scores(rows('label', ['ham', 0.7])), /the class "ham".*--positive VALUE/);
  });
});
