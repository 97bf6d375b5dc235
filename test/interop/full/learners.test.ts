import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Training } from '../../../src/models/table/matrix.js';
import {
  agreesWithLightGbm,
  auc,
  csvTraining,
  forestsAgree,
  holdOut,
  logLoss,
  type Measure,
  multiLogLoss,
  r2,
  rmse,
} from '../../support/genuine-learners.js';
import { machineRows } from '../../support/genuine-learners-machines.js';
import { describeWithData, sharedData } from '../../support/shared-data.js';
import { temporaryFolder } from '../../support/temporary.js';
import { labelled } from '../../unit/models/support/shared-data.js';

// Held-out figures here and in the genuine libraries, the mean of five seeds, within 0.5 %. Rows and columns are sampled,
// so that every seed gives another model.
const folder = temporaryFolder();
after(() => folder.remove());
const seeds = [1, 2, 3, 4, 5];
const sampled = { feature_fraction: 0.8, bagging_fraction: 0.8, bagging_freq: 1 };

interface Parts {
  train: Training;
  test: Training;
}

const example = (path: string): Parts => ({ train: labelled(`${path}.train`), test: labelled(`${path}.test`) });

function compare(
  name: string,
  parts: Parts,
  parameters: Record<string, unknown>,
  measures: Record<string, Measure>,
): Promise<void> {
  return agreesWithLightGbm(folder.path, {
    ...{ name, ...parts, seeds, measures },
    parameters: { num_iterations: 60, ...sampled, ...parameters },
  });
}

const places = (parts: Parts, names: string[]): number[] =>
  names.map((name) => parts.train.matrix.columns.indexOf(name));

describeWithData('trees agree with LightGBM on its own examples', 'lightgbm', function () {
  this.timeout(600_000);

  it('binary: AUC, log loss', () =>
    compare(
      'binary',
      example('binary_classification/binary'),
      { objective: 'binary', num_leaves: 63, min_data_in_leaf: 50 },
      { auc, logLoss },
    ));

  it('regression: RMSE, R2', () =>
    compare(
      'regression',
      example('regression/regression'),
      { objective: 'regression', learning_rate: 0.05, min_data_in_leaf: 100, feature_fraction_bynode: 0.8 },
      { rmse, r2 },
    ));

  it('multiclass: multi log loss', () =>
    compare(
      'multiclass',
      example('multiclass_classification/multiclass'),
      { objective: 'multiclass', num_class: 5, learning_rate: 0.05 },
      { multiLogLoss },
    ));
});

describeWithData('trees agree with LightGBM on hospital readmissions', 'diabetes130', function (data) {
  this.timeout(600_000);
  const leaveOut = ['encounter_id', 'patient_nbr', 'diag_1', 'diag_2', 'diag_3'];
  const words = ['race', 'gender', 'payer_code', 'medical_specialty', 'insulin', 'admission_type_id'];

  for (const [name, counts] of [
    ['within 30 days', ['<30']],
    ['at any time', ['<30', '>30']],
  ] as const)
    it(`${name}, words as categories: AUC, log loss`, async () => {
      const text = gunzipSync(readFileSync(join(data, 'diabetic_data.csv.gz'))).toString();
      const is = (word: string) => Number((counts as readonly string[]).includes(word));
      const early = text.replaceAll(/,(NO|>30|<30)\r?\n/g, (_, word: string) => `,${is(word)}\n`);
      const parts = holdOut(csvTraining(early, 'readmitted', leaveOut));
      const categorical_feature = places(parts, words);
      const weights = name === 'at any time' ? {} : { is_unbalance: true };
      await compare('readmissions', parts, { objective: 'binary', categorical_feature, ...weights }, { auc, logLoss });
    });
});

describeWithData('trees agree with LightGBM on house sales', 'house_prices/kc_house_data.csv', function (file) {
  this.timeout(600_000);
  for (const [objective, alpha] of [
    ['regression', 0.9],
    ['huber', 50000],
  ] as const)
    it(`${objective}: RMSE, R2`, () => {
      const parts = holdOut(csvTraining(readFileSync(file, 'utf8'), 'price', ['id', 'date']));
      return compare('house-sales', parts, { objective, alpha, learning_rate: 0.2 }, { rmse, r2 });
    });
});

describeWithData('trees agree with LightGBM on machines that fail', 'pdm_azure/subset20', function (data) {
  this.timeout(600_000);

  it('which component fails: multi log loss', () =>
    compare(
      'components',
      holdOut(machineRows(data)),
      { objective: 'multiclass', num_class: 5, learning_rate: 0.03, min_data_in_leaf: 10 },
      { multiLogLoss },
    ));

  it('whether one fails: AUC, log loss', () => {
    const all = machineRows(data);
    const parts = holdOut({ ...all, target: all.target.map((kind) => Number(kind > 0)) });
    return compare('failures', parts, { objective: 'binary', learning_rate: 0.03 }, { auc, logLoss });
  });
});

describeWithData('trees agree with LightGBM on rentals', 'bikeshare/uci_bike_sharing', function (data) {
  this.timeout(600_000);
  for (const objective of ['regression', 'regression_l1', 'poisson'])
    it(`${objective}, hour and weather as categories: RMSE, R2`, () => {
      const text = readFileSync(join(data, 'hour.csv'), 'utf8');
      const parts = holdOut(csvTraining(text, 'cnt', ['instant', 'dteday', 'casual', 'registered']));
      const categorical_feature = places(parts, ['hr', 'weathersit']);
      return compare('rentals', parts, { objective, categorical_feature }, { rmse, r2 });
    });
});

describeWithData('forests agree with scikit-learn', 'house_prices', function () {
  this.timeout(600_000);
  const house = (name: string, leaveOut: string[]) =>
    holdOut(csvTraining(readFileSync(sharedData(`house_prices/${name}`), 'utf8'), 'price', leaveOut));

  it('house prices: R2, RMSE', () =>
    forestsAgree(folder.path, {
      ...{ name: 'house-prices', ...house('synthetic_1000.csv', ['split']), seeds },
      parameters: { task: 'regression', n_estimators: 100 },
      measures: { r2, rmse },
    }));

  it('house sales: R2, RMSE', () =>
    forestsAgree(folder.path, {
      ...{ name: 'house-sales', ...house('kc_house_data.csv', ['id', 'date']), seeds },
      parameters: { task: 'regression', n_estimators: 60, min_samples_leaf: 3, max_features: 0.5 },
      measures: { r2, rmse },
    }));

  it('binary example: AUC, log loss', () =>
    forestsAgree(folder.path, {
      ...{ name: 'binary-forest', ...example('binary_classification/binary'), seeds },
      parameters: { task: 'binary', n_estimators: 150, min_samples_leaf: 3, max_features: 'sqrt' },
      measures: { auc, logLoss },
    }));

  it('five classes: multi log loss', () =>
    forestsAgree(folder.path, {
      ...{ name: 'classes-forest', ...example('multiclass_classification/multiclass'), seeds },
      parameters: { task: 'multiclass', n_estimators: 150, min_samples_leaf: 5 },
      measures: { multiLogLoss },
    }));

  it('whether a machine fails, rare classes balanced by weight: AUC', () => {
    const all = machineRows(sharedData('pdm_azure/subset20'));
    return forestsAgree(folder.path, {
      ...{ name: 'failures-forest', ...holdOut({ ...all, target: all.target.map((kind) => Number(kind > 0)) }), seeds },
      parameters: { task: 'binary', n_estimators: 100, min_samples_leaf: 5, class_weight: 'balanced' },
      measures: { auc },
    });
  });
});
