import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  agreesWithLightGbm,
  auc,
  csvTraining,
  holdOut,
  logLoss,
  multiLogLoss,
} from '../../support/genuine-learners.js';
import { describeWithData } from '../../support/shared-data.js';
import { temporaryFolder } from '../../support/temporary.js';
import { labelled } from '../../unit/models/support/shared-data.js';

const folder = temporaryFolder();
after(() => folder.remove());
const seeds = [1, 2, 3, 4, 5];
const sampled = { feature_fraction: 0.8, bagging_fraction: 0.8, bagging_freq: 1 };

describeWithData('trees agree with genuine LightGBM within 0.5 %, mean of 5 seeds', 'diabetes130', function (data) {
  this.timeout(600_000);

  it('hospital readmissions, their words as categories: AUC and log loss', async () => {
    const text = gunzipSync(readFileSync(join(data, 'diabetic_data.csv.gz'))).toString();
    const early = text.replaceAll(/,(NO|>30|<30)\r?\n/g, (_, word) => `,${Number(word === '<30')}\n`);
    const parts = holdOut(
      csvTraining(early, 'readmitted', ['encounter_id', 'patient_nbr', 'diag_1', 'diag_2', 'diag_3']),
    );
    const categories = ['race', 'gender', 'payer_code', 'medical_specialty', 'insulin', 'admission_type_id'];
    const categorical_feature = categories.map((name) => parts.train.matrix.columns.indexOf(name));
    const parameters = { objective: 'binary', num_iterations: 60, ...sampled, categorical_feature };
    await agreesWithLightGbm(folder.path, {
      name: 'readmissions',
      ...parts,
      parameters,
      seeds,
      measures: { auc, logLoss },
    });
  });
});

describeWithData('trees agree with genuine LightGBM on many classes', 'lightgbm', function () {
  this.timeout(600_000);

  it('multiclass example: multi log loss within 0.5 %, mean of 5 seeds', () =>
    agreesWithLightGbm(folder.path, {
      name: 'multiclass',
      train: labelled('multiclass_classification/multiclass.train'),
      test: labelled('multiclass_classification/multiclass.test'),
      parameters: { objective: 'multiclass', num_class: 5, num_iterations: 100, learning_rate: 0.05, ...sampled },
      seeds,
      measures: { multiLogLoss },
    }));
});
