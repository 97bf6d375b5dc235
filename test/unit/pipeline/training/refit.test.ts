import assert from 'node:assert/strict';
import { score } from '../../../../src/models/bundle/score.js';
import { groupFolds } from '../../../../src/models/search/folds.js';
import { fitCandidate, type FitRequest } from '../../../../src/pipeline/candidates/candidate.js';
import { judge } from '../../../../src/pipeline/evaluating/evaluate.js';
import { joinParts } from '../../../../src/pipeline/evaluating/parts.js';
import { refit } from '../../../../src/pipeline/training/refit.js';
import type { StageContext } from '../../../../src/pipeline/stage.js';
import { rowsAt } from '../../../../src/pipeline/workers/shared-memory.js';
import type { Candidate, ProjectFile } from '../../../../src/project/schema.js';
import { madePart } from '../../../support/made-part.js';

describe('the chosen candidate that is fitted anew', function () {
  this.timeout(30_000);
  const model: ProjectFile['model'] = {
    ...{ target: 'y', candidates: [], fill: {}, refit: true },
    task: 'binary',
    threshold: { keep: 'recall >= 0.70', minimise: 'false_positives' },
  };
  const parameters = { learning_rate: 0.3, num_leaves: 7, min_child_samples: 5, seed: 42 };
  const candidate: Candidate = {
    name: 'trees',
    family: 'lightgbm',
    columns: ['a', 'b', 'c'],
    parameters: { ...parameters, num_boost_round: 60, early_stopping_round: 3 },
  };
  const [fit, validation, test] = [madePart(600, 1), madePart(300, 2), madePart(200, 3)];
  // No row of one part is of an entity of another.
  validation.entities = validation.entities.map((name) => `v${name}`);
  const pool = joinParts([fit, validation]);
  const alone = (rows: FitRequest['fit'], rounds: number) =>
    fitCandidate(
      {
        model: model,
        candidate: { ...candidate, parameters: { ...parameters, num_boost_round: rounds } },
        fit: rows,
        validation: undefined,
      },
      {},
    );
  const context = { project: { file: { model } }, signal: new AbortController().signal } as unknown as StageContext;

  const found = async () => {
    const fitted = await fitCandidate({ model: model, candidate, fit, validation }, {});
    const judged = { validation: judge(fitted.bundle, validation), test: judge(fitted.bundle, test) };
    return { fitted: { ...fitted, settled: candidate }, judged };
  };

  it('is the model that training and validation rows together give with the rounds that were found', async () => {
    const before = await found();
    const rounds = before.fitted.training.bestIteration!;
    assert.ok(rounds > 0 && rounds < 60, `stopped early: ${rounds}`);
    const after = await refit(context, before, {
      fit,
      validation,
      parts: [
        { split: 'validation', part: validation },
        { split: 'test', part: test },
      ],
    });
    const expected = await alone({ matrix: pool.matrix, target: pool.target }, rounds);
    assert.deepEqual(after.fitted.bundle.model, expected.bundle.model);
    assert.deepEqual(after.fitted.bundle.preprocessing, expected.bundle.preprocessing);
    assert.notDeepEqual(after.fitted.bundle.model, before.fitted.bundle.model);
    assert.equal(after.rows?.matrix.rows, 900);
    // What it has seen proves nothing: those figures stay the first fit's; the test rows are judged anew.
    assert.equal(after.judged.validation, before.judged.validation);
    assert.deepEqual(after.judged.test, judge(after.fitted.bundle, test));
  });

  it('has its threshold from scores of models that had not seen the row, nor another of its entity', async () => {
    const before = await found();
    const after = await refit(context, before, { fit, validation, parts: [] });
    const scores = new Float64Array(pool.target.length);
    const rows = { matrix: pool.matrix, target: pool.target };
    for (const { train, test: held } of groupFolds(pool.entities, 5, 42)) {
      const entities = new Set(Array.from(train, (row) => pool.entities[row]));
      assert.ok(Array.from(held).every((row) => !entities.has(pool.entities[row])));
      const { bundle } = await alone(rowsAt(rows, train), before.fitted.training.bestIteration!);
      const own = score(bundle, rowsAt(rows, held).matrix);
      held.forEach((row, at) => (scores[row] = own[at]!));
    }
    const threshold = after.fitted.bundle.threshold!;
    const above = (limit: number, label: number) =>
      Array.from(scores).filter((one, row) => one >= limit && pool.target[row] === label).length;
    const keeps = (limit: number) => above(limit, 1) >= 0.7 * above(0, 1);
    const best = Math.min(
      ...Array.from(scores)
        .filter(keeps)
        .map((limit) => above(limit, 0)),
    );
    assert.ok(scores.includes(threshold), 'a score that a row has of the model that had not seen it');
    assert.ok(keeps(threshold));
    assert.equal(above(threshold, 0), best);
    assert.match(after.fitted.thresholdReason!, /out-of-fold scores/);
  });

  it('stays what it is where the project does not ask for it', async () => {
    const before = await found();
    const without = { project: { file: { model: { ...model, refit: false } } }, signal: context.signal };
    assert.equal(await refit(without as unknown as StageContext, before, { fit, validation, parts: [] }), before);
  });
});
