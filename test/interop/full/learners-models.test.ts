import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { contributions } from '../../../src/models/explain/contributions.js';
import { leafIndices } from '../../../src/models/trees/predict-trees.js';
import type { Matrix, Training } from '../../../src/models/table/matrix.js';
import { predict, predictRaw } from '../../../src/models/predict.js';
import { readLightGbm } from '../../../src/models/lightgbm-text/read-model.js';
import type { TreeModel } from '../../../src/models/trees/tree-model.js';
import { writeLightGbm } from '../../../src/models/lightgbm-text/write-model.js';
import { genuine, writeRows } from '../../support/genuine-learners.js';
import { describeWithData } from '../../support/shared-data.js';
import { temporaryFolder } from '../../support/temporary.js';
import { assertClose } from '../../unit/models/support/close.js';
import { lcgNumbers } from '../../unit/models/support/golden.js';
import { OLDER_MODELS, TRAINED_MODELS } from '../../unit/models/support/recorded.js';
import { matrixOf, numberRows, sharedText } from '../../unit/models/support/shared-data.js';

const folder = temporaryFolder();
after(() => folder.remove());

interface Said {
  prediction: number[][];
  raw: number[][];
  leaf: number[][];
  contributions: number[][] | null;
  rows: number[][] | null;
}

/** 1,200 rows: zeros, missing values, categories, of which some are rare, negative or missing, and a sparse column. */
function rowsFor(targetOf: (score: number, noise: number) => number): Training {
  const u = lcgNumbers(23);
  const columns = Array.from({ length: 5 }, (_, place) => `Column_${place}`);
  const rows = Array.from({ length: 1200 }, () => {
    const [a, b, kind] = [u() * 10 - 5, u(), Math.floor(u() * u() * 45) - 1] as [number, number, number];
    const cells = [a, u() < 0.2 ? NaN : b, u() < 0.05 ? NaN : kind, u() < 0.3 ? 0 : u() - 0.5, u() < 0.9 ? 0 : u()];
    const score = 0.5 * a + (kind % 3) - 2 * Math.abs(b - 0.5) + 2 * cells[3]! + (cells[4]! > 0 ? 1 : 0);
    return { cells, target: targetOf(score, u()) };
  });
  const values = columns.map((_, place) => Float64Array.from(rows, ({ cells }) => cells[place]!));
  return { matrix: { columns, values, rows: rows.length }, target: Float64Array.from(rows, ({ target }) => target) };
}

const yes = (score: number, noise: number): number => Number(noise < 1 / (1 + Math.exp(-score)));
const share = (score: number, noise: number): number => 1 / (1 + Math.exp(-score - noise));
const value = (score: number, noise: number): number => 3 * score + noise;
const count = (score: number, noise: number): number => Math.floor(Math.exp(score / 3) * 3 * noise);
const size = (score: number, noise: number): number => Math.exp(score / 3) * (0.1 + noise);
const grade = (score: number, noise: number): number => Math.max(0, Math.min(2, Math.floor(score + noise)));

const objectives: [string, typeof yes, object?][] = [
  ['binary', yes, { sigmoid: 0.7 }],
  ['cross_entropy', share],
  ['cross_entropy_lambda', share],
  ['multiclass', grade, { num_class: 3 }],
  ['multiclassova', grade, { num_class: 3, sigmoid: 1.3 }],
  ['regression', value],
  ['regression', value, { reg_sqrt: true }],
  ['regression_l1', value],
  ['huber', value],
  ['fair', value],
  ['quantile', value, { alpha: 0.8 }],
  ['mape', value],
  ['poisson', count],
  ['gamma', size],
  ['tweedie', size],
  ['lambdarank', grade, { groups: true }],
  ['rank_xendcg', grade, { groups: true }],
];

const kinds: [string, object][] = [
  ['zero as missing', { zero_as_missing: true }],
  ['no missing values', { use_missing: false }],
  ['DART', { boosting: 'dart', drop_rate: 0.5 }],
  ['a random forest', { boosting: 'rf', bagging_freq: 1, bagging_fraction: 0.6 }],
  ['categories by number, one against the rest', { max_cat_to_onehot: 64 }],
  ['wide sets of categories', { max_cat_threshold: 40, cat_smooth: 1, cat_l2: 0 }],
  ['trees of one leaf', { min_data_in_leaf: 700 }],
  ['few bins', { max_bin: 3 }],
  ['extremely random splits', { extra_trees: true }],
  ['rows by their gradients', { data_sample_strategy: 'goss' }],
  ['monotone constraints', { monotone_constraints: [1, -1, 0, 0, 0], monotone_constraints_method: 'advanced' }],
  ['quantised gradients', { use_quantized_grad: true }],
  ['deep trees', { num_leaves: 200, min_data_in_leaf: 1, num_iterations: 5 }],
];

describe('models that genuine LightGBM trains predict the same here: scores to 1e-12, leaves, contributions to 1e-9', function () {
  this.timeout(120_000);
  const common = {
    ...{ num_iterations: 20, min_data_per_group: 10, categorical_feature: '2', seed: 3 },
    ...{ feature_fraction: 0.9, num_leaves: 15, min_data_in_leaf: 10 },
  };

  for (const [objective, target, more = {}] of objectives) {
    const extra = Object.keys(more).filter((key) => key !== 'num_class' && key !== 'groups');
    it(`objective ${[objective, ...extra].join(', ')}`, () =>
      agrees(rowsFor(target), { ...common, objective, ...more }, 'groups' in more));
  }
  for (const [name, more] of kinds)
    for (const objective of ['binary', 'regression'])
      it(`${name}: ${objective}`, () =>
        agrees(rowsFor(objective === 'binary' ? yes : value), { ...common, objective, ...more }));

  for (const objective of ['binary', 'regression'])
    it(`linear leaves: ${objective}`, async () => {
      const rows = rowsFor(objective === 'binary' ? yes : value);
      const model = await agrees(rows, { ...common, objective, linear_tree: true, linear_lambda: 0.1 });
      assert.ok(model.trees.some((tree) => tree.linear?.features.some((features) => features.length > 1)));
    });

  it('a forest of several classes', () =>
    agrees(rowsFor(grade), {
      ...{ ...common, objective: 'multiclass', num_class: 3, boosting: 'rf', bagging_freq: 1, bagging_fraction: 0.6 },
    }));

  async function agrees(training: Training, parameters: object, groups = false): Promise<TreeModel> {
    const file = join(folder.path, 'model.txt');
    const rows = writeRows(join(folder.path, 'rows.csv'), training);
    // What training never saw: far values, zeros of both signs, unknown categories.
    const odd = matrixOf([
      [NaN, NaN, NaN, NaN, NaN],
      [1e300, -1e300, 1000, -0, 1e-40],
      [0, 0, -5, 0, 0],
      [-1e-36, 0.5, 31.7, 1e-36, 0.25],
      [Infinity, -Infinity, 64, 0.1, -1],
    ]);
    const all = joined(training.matrix, odd);
    const table = writeRows(join(folder.path, 'table.csv'), { matrix: all, target: new Float64Array(all.rows) });
    const { groups: _, ...own } = { groups, ...parameters };
    const [said] = await genuine<Said>(folder.path, [
      { do: 'train', train: rows, parameters: own, groups, model: file, table },
    ]);
    const text = readFileSync(file, 'utf8');
    const model = readLightGbm(text);
    assert.equal(writeLightGbm(model), text, 'written back byte for byte');
    saysTheSame(model, all, said!);
    return model;
  }
});

describeWithData('every model in the data agrees with genuine LightGBM', 'lightgbm', function (data) {
  this.timeout(120_000);

  for (const recorded of [...TRAINED_MODELS, ...OLDER_MODELS])
    it(recorded.name, async () => {
      const { model: path } = recorded;
      const model = readLightGbm(sharedText(path));
      const rows = recorded.matrix(model.featureNames.length);
      const table = writeRows(join(folder.path, 'recorded.csv'), { matrix: rows, target: new Float64Array(rows.rows) });
      const file = join(data, path.replace('data/lightgbm/', ''));
      const [said] = await genuine<Said>(folder.path, [{ do: 'say', model: file, table }]);
      saysTheSame(model, { ...rows, columns: model.featureNames }, said!);
    });

  it('leaves of the model whose leaves were recorded, and a small model with categories', async () => {
    const rows = numberRows(sharedText('data/lightgbm/leaves/lg_breast_cancer_data.txt'));
    const made = Array.from({ length: 40 }, (_, row) => [
      row % 8 === 0 ? NaN : row * 25,
      [0, 1, 3, 100, -1, 2][row % 6]!,
    ]);
    for (const [name, cells] of [
      ['lg_breast_cancer.txt', rows],
      ['model_simple.txt', made],
    ] as const) {
      const file = join(data, 'leaves', name);
      const model = readLightGbm(readFileSync(file, 'utf8'));
      const matrix = matrixOf(cells, model.featureNames);
      const table = writeRows(join(folder.path, 'small.csv'), { matrix, target: new Float64Array(matrix.rows) });
      const [said] = await genuine<Said>(folder.path, [{ do: 'say', model: file, table }]);
      saysTheSame(model, matrix, said!);
    }
  });

  it('the forest of version 2 gives every recorded prediction on the rows that it was tested on', async () => {
    const file = join(data, 'leaves', 'lg_rf_iris.model');
    const [said] = await genuine<Said>(folder.path, [{ do: 'say', model: file, table: 'iris' }]);
    const recorded = numberRows(sharedText('data/lightgbm/leaves/lg_rf_iris_true_predictions.txt')).flat();
    const model = readLightGbm(readFileSync(file, 'utf8'));
    assertClose(predict(model, matrixOf(said!.rows!))[0]!, recorded, 1e-12);
  });

  it('and just the files that it refuses are refused, by name and line', async () => {
    const files = readdirSync(data, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(txt|model|json)$/.test(name))
      .map((name) => join(data, name));
    const [theirs] = await genuine<string[]>(folder.path, [{ do: 'refusals', files }]);
    const ours = files.filter((file) => {
      try {
        readLightGbm(readFileSync(file, 'utf8'), basename(file));
        return false;
      } catch (error) {
        assert.ok((error as Error).message.startsWith(`${basename(file)}, line 1: found `), String(error));
        return true;
      }
    });
    assert.deepEqual(ours, theirs);
    assert.ok(ours.length > 10 && ours.length < files.length);
  });
});

function saysTheSame(model: TreeModel, matrix: Matrix, said: Said): void {
  // Genuine raw scores of a forest are the sum of its trees; here they are the mean that predictions come from.
  const summed = model.averageOutput ? model.bestRound : 1;
  const columnOf = (table: number[][], place: number, divisor = 1) => table.map((row) => row[place]! / divisor);
  const near = (actual: Float64Array[], table: number[][], divisor = 1) => {
    assert.equal(actual.length, table[0]!.length);
    actual.forEach((output, place) => close(output, columnOf(table, place, divisor)));
  };
  near(predict(model, matrix), said.prediction);
  near(predictRaw(model, matrix), said.raw, summed);
  leafIndices(model, matrix).forEach((leaves, tree) => assert.deepEqual([...leaves], columnOf(said.leaf, tree)));
  if (said.contributions === null) return;
  const head = {
    ...matrix,
    values: matrix.values.map((column) => column.slice(0, 50)),
    rows: Math.min(50, matrix.rows),
  };
  const { outputs } = contributions(model, head);
  const width = model.featureNames.length + 1;
  said.contributions.forEach((row, place) =>
    outputs
      .flatMap((values) => [...values.subarray(place * width, (place + 1) * width)])
      .forEach((own, column) => {
        const theirs = row[column]! / summed;
        assert.ok(Math.abs(own - theirs) <= 1e-9 * Math.max(1, Math.abs(theirs)), `${own} here, ${theirs} genuine`);
      }),
  );
}

/** To 1e-12 of the value; a sum of trees next to 0 to 1e-12 of what was added up. */
function close(actual: Float64Array, expected: number[]): void {
  assert.equal(actual.length, expected.length);
  actual.forEach((own, row) => {
    const theirs = expected[row]!;
    if (Object.is(own, theirs)) return;
    if (Math.abs(theirs) < 1e-3) assert.ok(Math.abs(own - theirs) <= 1e-15, `${own} here, ${theirs} genuine`);
    else assertClose([own], [theirs], 1e-12);
  });
}

function joined(above: Matrix, below: Matrix): Matrix {
  const values = above.values.map((column, place) => Float64Array.of(...column, ...below.values[place]!));
  return { ...above, values, rows: above.rows + below.rows };
}
