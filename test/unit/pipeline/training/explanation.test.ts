import assert from 'node:assert/strict';
import { marginScores } from '../../../../src/models/bundle/score.js';
import { fitCandidate } from '../../../../src/pipeline/candidates/candidate.js';
import { explanationOf } from '../../../../src/pipeline/training/explanation.js';
import { filterPart } from '../../../../src/pipeline/evaluating/parts.js';
import { openDocument } from '../../../../src/report/open.js';
import { plain } from '../../../support/documents.js';
import { candidateSchema, type Candidate } from '../../../../src/project/schema.js';
import { madePart } from '../../../support/made-part.js';

const now = new Date('2026-11-21T09:00:00Z');

async function explained(task: 'binary' | 'regression', candidate: Partial<Candidate>) {
  const [fit, test] = [madePart(600, 1, task), madePart(900, 2, task)];
  const whole = candidateSchema.parse({ name: 'it', columns: ['*'], ...candidate });
  const fitted = await fitCandidate({ model: { task, fill: { b: -1 } }, candidate: whole, fit, validation: test }, {});
  const metric = task === 'binary' ? 'roc_auc' : 'r2';
  return { fitted, test, document: explanationOf({ candidate: fitted, fitted: fit, test, metric }, 'v1', now) };
}

/** Raw scores of the rows that are explained. */
function rawScores({ fitted, test, document }: Awaited<ReturnType<typeof explained>>): number[] {
  const raw = marginScores(fitted.bundle, test.matrix)[0]!;
  return document.rows.map(({ id }) => raw[test.recordIds.indexOf(id)]!);
}

describe('what moves a model', () => {
  const kinds: [string, 'binary' | 'regression', Partial<Candidate>, string][] = [
    ['boosted trees', 'binary', { family: 'lightgbm', parameters: { num_iterations: 20 } }, 'log odds'],
    ['a forest', 'binary', { family: 'random-forest', parameters: { n_estimators: 8, max_depth: 4 } }, 'probability'],
    ['a scaled logistic regression', 'binary', { family: 'logistic-regression', scale: 'standard' }, 'log odds'],
    ['a ridge regression', 'regression', { family: 'ridge' }, 'target'],
    ['boosted regression trees', 'regression', { family: 'lightgbm', parameters: { num_iterations: 20 } }, 'target'],
  ];
  for (const [title, task, candidate, unit] of kinds) {
    it(`adds up to the raw score of every row for ${title}`, async () => {
      const all = await explained(task, candidate);
      const { document } = all;
      assert.equal(document.unit, unit);
      assert.ok(document.rows.length >= 100 && document.rows.length <= 400, `${document.rows.length} rows`);
      const raw = rawScores(all);
      document.rows.forEach(({ shap }, row) => {
        const sum = shap.reduce((total, value) => total + value, document.base!);
        assert.ok(Math.abs(sum - raw[row]!) < 1e-9 * Math.max(1, Math.abs(raw[row]!)), `${sum} is ${raw[row]!}`);
      });
    });
  }

  it('says which column matters: by SHAP, by gain and by shuffling', async () => {
    const { document } = await explained('binary', { family: 'lightgbm', parameters: { num_iterations: 20 } });
    const most = (key: 'meanAbsShap' | 'gain' | 'permutation') =>
      [...document.features].sort((one, other) => other[key]! - one[key]!)[0]!.name;
    assert.deepEqual([most('meanAbsShap'), most('gain'), most('permutation')], ['a', 'a', 'a']);
  });

  it('is not known without a test row, and says why, also on its page', async () => {
    const { fitted } = await explained('binary', { family: 'lightgbm', parameters: { num_iterations: 3 } });
    const [fit, none] = [madePart(600, 1), filterPart(madePart(9, 2), () => false)];
    const document = explanationOf({ candidate: fitted, fitted: fit, test: none, metric: 'roc_auc' }, 'v1', now);
    assert.deepEqual([document.base, document.features[0]!.meanAbsShap, document.rows], [null, null, []]);
    assert.deepEqual(document.reasons, { base: 'no test row has a label', meanAbsShap: 'no test row has a label' });
    const shown = openDocument('explanation.json', JSON.stringify(document), plain);
    assert.ok(shown.type === 'report' && shown.view.kind === 'page');
    assert.match(shown.view.summary ?? '', /No figure is known: no test row has a label/);
  });

  it('shows values with the fills of the model and without its scaling', async () => {
    const { document, test } = await explained('binary', { family: 'logistic-regression', scale: 'standard' });
    const { values, id } = document.rows[0]!;
    const row = test.recordIds.indexOf(id);
    const [a, b] = [test.matrix.values[0]![row]!, test.matrix.values[1]![row]!];
    assert.deepEqual(values.slice(0, 2), [a, Number.isNaN(b) ? -1 : b]);
    assert.ok(document.rows.every((shown) => shown.values.every((value) => value !== null)));
  });
});
