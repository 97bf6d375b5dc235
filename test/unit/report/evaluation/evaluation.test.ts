import assert from 'node:assert/strict';
import { evaluationOf } from '../../../../src/report/evaluation/evaluation.js';
import { isAbsent } from '../../../../src/report/view.js';
import { evaluation, plain } from '../../../support/documents.js';

describe('report of an evaluation', () => {
  const view = evaluationOf(evaluation(), plain);

  it('names the chosen candidate first', () => {
    assert.equal(view.headline, 'lightgbm is chosen of 2 candidates');
    assert.equal(view.summary, 'On 2,196 test rows it finds 9 of 9 positives with 580 false alarms.');
    assert.deepEqual(
      view.candidates.map(({ name, chosen }) => [name, chosen]),
      [
        ['logistic', false],
        ['lightgbm', true],
      ],
    );
  });

  it('puts the candidates side by side on every split, in equal digits, the better one marked', () => {
    assert.deepEqual(
      view.splits.map(({ split }) => split),
      ['validation', 'test', 'production'],
    );
    const recall = view.splits[2]!.metrics.find(({ id }) => id === 'recall')!;
    assert.deepEqual(
      recall.figures.map(({ figure, best }) => [figure.text, best]),
      [
        ['0.708', true],
        ['0.625', false],
      ],
    );
    const fpr = view.splits[2]!.metrics.find(({ id }) => id === 'fpr')!;
    assert.deepEqual(
      fpr.figures.map(({ best }) => best),
      [false, true],
    );
  });

  it('marks none where candidates are equal', () => {
    const recall = view.splits[0]!.metrics.find(({ id }) => id === 'recall')!;
    assert.deepEqual(
      recall.figures.map(({ best }) => best),
      [false, false],
    );
  });

  it('says that a candidate was not evaluated on a split', () => {
    const document = evaluation();
    document.models[0]!.evaluations = document.models[0]!.evaluations.filter(({ split }) => split !== 'test');
    const test = evaluationOf(document, plain).splits.find(({ split }) => split === 'test')!;
    assert.equal(test.metrics[0]!.figures[0]!.figure.reason, 'it was not evaluated on this split');
    assert.equal(test.matrices[0]!.cells, null);
  });

  it('shows what each candidate looks at, or that it does not say', () => {
    const [logistic, lightgbm] = view.candidates.map(({ importance }) => importance);
    assert.ok(logistic && isAbsent(logistic));
    assert.ok(lightgbm && !isAbsent(lightgbm));
    assert.deepEqual(lightgbm[0], { column: 'smart_5_raw', share: 1, text: '0.38' });
  });
});
