import assert from 'node:assert/strict';
import type { Bundle } from '../../../../src/models/bundle/bundle.js';
import { bundleFiles, openBundle } from '../../../../src/models/bundle/bundle-files.js';
import { textOf } from '../../../../src/models/bundle/formats/format.js';
import { score } from '../../../../src/models/bundle/score.js';
import { trainLogistic } from '../../../../src/models/linear/train-logistic.js';
import { applyPreprocessing } from '../../../../src/models/preprocessing/apply.js';
import { fitPreprocessing } from '../../../../src/models/preprocessing/fit.js';
import type { Matrix } from '../../../../src/models/table/matrix.js';
import { trainTrees } from '../../../../src/models/trees/train/train-trees.js';
import { assertClose } from '../support/close.js';
import { madeUp } from '../support/made-up.js';

const training = madeUp(400);
const table: Matrix = {
  ...training.matrix,
  columns: [...training.matrix.columns.slice(0, 3), 'living place'],
  values: [...training.matrix.values.slice(0, 3), Float64Array.from({ length: 400 }, (_, row) => row % 3)],
  categories: { 'living place': ['a', 'b', 'c, d'] },
};

async function bundle(family: 'lightgbm' | 'logistic-regression'): Promise<Bundle> {
  const preprocessing = fitPreprocessing(
    [{ step: 'impute', strategy: 'constant', values: { z: 0 } }, { step: 'one-hot' }],
    table,
  );
  const prepared = { ...training, matrix: applyPreprocessing(preprocessing, table) };
  const model =
    family === 'lightgbm'
      ? await trainTrees(prepared, undefined, { objective: 'binary', num_boost_round: 5 })
      : await trainLogistic(prepared);
  return {
    kind: 'model-bundle',
    schemaVersion: 1,
    task: 'binary',
    family,
    inputs: table.columns.map((name) => ({ name, type: name === 'living place' ? 'category' : 'number' })),
    preprocessing,
    model,
    threshold: 0.4,
    metadata: { target_recall: 0.7, best_iteration: 5, scale_pos_weight: 1, trained_date: '2026-01-01T00:00:00Z' },
  };
}

describe('model bundle', () => {
  for (const [family, file] of [
    ['lightgbm', 'lgb_model.txt'],
    ['logistic-regression', 'linear_model.json'],
  ] as const)
    it(`scores the same after a trip through its files: ${family}`, async () => {
      const before = await bundle(family);
      const files = bundleFiles(before);
      assert.deepEqual(Object.keys(files).sort(), [file, 'model_metadata.json'].sort());
      const after = openBundle(files);
      assertClose(score(after, table), score(before, table), 0);
      assert.deepEqual(bundleFiles(after), files);
      assert.equal(after.threshold, 0.4);
      assert.equal(after.metadata.target_recall, 0.7);
    });

  it("keeps the template's own keys in model_metadata.json", async () => {
    const metadata = JSON.parse(textOf(bundleFiles(await bundle('lightgbm'))['model_metadata.json']!)) as Record<
      string,
      unknown
    >;
    assert.deepEqual(metadata.feature_cols, table.columns);
    for (const key of ['threshold', 'target_recall', 'best_iteration', 'scale_pos_weight', 'trained_date', 'kind'])
      assert.ok(key in metadata, key);
  });

  it('refuses a model without metadata, without preprocessing, or without the model', async () => {
    const files = bundleFiles(await bundle('lightgbm'));
    const { 'lgb_model.txt': model, 'model_metadata.json': text } = files;
    assert.throws(() => openBundle({ 'lgb_model.txt': model! }), /model_metadata.json is missing/);
    assert.throws(() => openBundle({ 'model_metadata.json': text! }), /lgb_model.txt or linear_model.json is missing/);
    const metadata = JSON.parse(textOf(text!)) as Record<string, unknown>;
    const without = JSON.stringify({ ...metadata, preprocessing: undefined });
    assert.throws(
      () => openBundle({ ...files, 'model_metadata.json': without }),
      /model_metadata.json: preprocessing: /,
    );
    const emptied = JSON.stringify({ ...metadata, preprocessing: [] });
    assert.throws(() => openBundle({ ...files, 'model_metadata.json': emptied }), /the model needs living place_a/);
    assert.throws(() => openBundle({ ...files, 'model_metadata.json': '{' }), /model_metadata.json is not JSON/);
  });

  it('cannot be written with features that nothing gives', async () => {
    const whole = await bundle('lightgbm');
    assert.throws(() => bundleFiles({ ...whole, preprocessing: [] }), /the model needs living place_a/);
    const inputs = whole.inputs.map((input) => ({ ...input, type: 'category' as const }));
    assert.throws(() => bundleFiles({ ...whole, inputs }), /x, z, noise hold categories and no step/);
  });

  it('refuses a table whose columns or types differ, naming them', async () => {
    const whole = await bundle('lightgbm');
    const other = {
      ...table,
      columns: ['x', 'zed', 'noise', 'living place'],
      categories: { x: ['1'], 'living place': ['a'] },
    };
    assert.throws(
      () => score(whole, other),
      /z is missing; zed is not an input of the model; x holds categories, expected numbers/,
    );
  });

  it('takes columns in any order, and categories listed in another order', async () => {
    const whole = await bundle('lightgbm');
    const turned: Matrix = {
      columns: [...table.columns].reverse(),
      values: [...table.values]
        .reverse()
        .map((values, place) => (place === 0 ? values.map((code) => 2 - code) : values)),
      rows: table.rows,
      categories: { 'living place': ['c, d', 'b', 'a'] },
    };
    assertClose(score(whole, turned), score(whole, table), 0);
  });
});
