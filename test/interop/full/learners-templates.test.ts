import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { predict } from '../../../src/models/predict.js';
import { trainForest } from '../../../src/models/forest/train-forest.js';
import type { Training } from '../../../src/models/table/matrix.js';
import { csvTraining, mean, r2 } from '../../support/genuine-learners.js';
import { describeWithData } from '../../support/shared-data.js';

// What the templates' originals recorded of their models, found again with the forest here.
const partOf = (file: string, target: string, leaveOut: string[]) => {
  const [header, ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  return (split: string): Training =>
    csvTraining([header, ...lines.filter((line) => line.endsWith(`,${split}`))].join('\n'), target, [
      ...leaveOut,
      'split',
    ]);
};

/** Rows by their places. */
function take({ matrix, target }: Training, rows: number[]): Training {
  const values = matrix.values.map((column) => Float64Array.from(rows, (row) => column[row]!));
  return { matrix: { ...matrix, values, rows: rows.length }, target: Float64Array.from(rows, (row) => target[row]!) };
}

/** The fold of each row, classes shared out evenly and in order: scikit-learn's StratifiedKFold without shuffling. */
function stratifiedFolds(target: Float64Array, folds: number): Int32Array {
  const result = new Int32Array(target.length);
  const sorted = target.slice().sort();
  for (const label of new Set(target)) {
    const counts = Array.from({ length: folds }, (_, fold) =>
      sorted.reduce((sum, value, place) => sum + Number(value === label && place % folds === fold), 0),
    );
    const order = counts.flatMap((count, fold) => Array<number>(count).fill(fold));
    target.forEach((value, row) => {
      if (value === label) result[row] = order.shift()!;
    });
  }
  return result;
}

const grid = [100, 200].flatMap((n_estimators) =>
  [10, 20, null].flatMap((max_depth) =>
    [2, 5].flatMap((min_samples_split) =>
      [1, 2].flatMap((min_samples_leaf) =>
        [true, false].map((bootstrap) => ({
          ...{ n_estimators, max_depth, min_samples_split, min_samples_leaf, bootstrap },
        })),
      ),
    ),
  ),
);

async function accuracy(train: Training, test: Training, parameters: object): Promise<number> {
  const model = await trainForest(train, { task: 'multiclass', random_state: 42, ...parameters });
  const outputs = predict(model, test.matrix);
  const best = (row: number) => outputs.reduce((own, output, k) => (output[row]! > outputs[own]![row]! ? k : own), 0);
  return mean(Array.from(test.target, (label, row) => Number(best(row) === label)));
}

describeWithData(
  "a machine's failing component, as the template's contract recorded it",
  'predictive_maintenance/readings_200.csv',
  function (file) {
    this.timeout(600_000);

    it('a grid of 48 forests in three folds: best score .8626 within .015, and .85 on the test rows', async () => {
      const part = partOf(file, 'failure', ['datetime', 'machineID', 'errorID', 'comp_maint', 'model']);
      const [train, test] = [part('train'), part('test')];
      assert.deepEqual(train.matrix.columns, ['volt', 'rotate', 'pressure', 'vibration', 'age']);
      assert.deepEqual([train.matrix.rows, test.matrix.rows, grid.length], [160, 40, 48]);
      const folds = stratifiedFolds(train.target, 3);
      const rowsOf = (keep: (fold: number) => boolean) => Array.from(folds.keys()).filter((row) => keep(folds[row]!));
      let best = { score: -1, parameters: {} };
      for (const parameters of grid) {
        const scores: number[] = [];
        for (const fold of [0, 1, 2]) {
          const rest = take(
            train,
            rowsOf((own) => own !== fold),
          );
          const held = take(
            train,
            rowsOf((own) => own === fold),
          );
          scores.push(await accuracy(rest, held, parameters));
        }
        if (mean(scores) > best.score) best = { score: mean(scores), parameters };
      }
      const found = await accuracy(train, test, best.parameters);
      process.stdout.write(`      ${JSON.stringify(best)}, accuracy ${found}\n`);
      assert.ok(Math.abs(best.score - 0.8626) <= 0.015, `cross-validated ${best.score}`);
      assert.equal(found, 0.85);
    });
  },
);

describeWithData(
  "house prices, as the template's contract recorded them",
  'house_prices/synthetic_1000.csv',
  (file) => {
    it('R2 .9910 within .003 in training, .9174 within .01 on the test rows, for each of three seeds', async () => {
      const part = partOf(file, 'price', []);
      const [train, test] = [part('train'), part('test')];
      for (const random_state of [42, 1, 2]) {
        const model = await trainForest(train, { task: 'regression', n_estimators: 100, random_state });
        const [learned, held] = [train, test].map((rows) => r2(rows.target, predict(model, rows.matrix)));
        process.stdout.write(`      seed ${random_state}: ${learned!.toFixed(4)}, ${held!.toFixed(4)}\n`);
        assert.ok(Math.abs(learned! - 0.991) <= 0.003, `training ${learned!}`);
        assert.ok(Math.abs(held! - 0.9174) <= 0.01, `test ${held!}`);
      }
    });
  },
);
