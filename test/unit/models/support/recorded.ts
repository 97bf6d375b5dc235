import type { Matrix } from '../../../../src/models/table/matrix.js';
import { labelled, matrixOf, numberRows, sharedText } from './shared-data.js';

const TRAINED = 'data/lightgbm/trained_lightgbm_4.7.0';
const LEAVES = 'data/lightgbm/leaves';

/** A model that genuine LightGBM wrote, rows to predict, and what it predicted for them. */
export interface Recorded {
  name: string;
  model: string;
  matrix(features: number): Matrix;
  predictions?: string;
  raw?: string;
}

const trained = (name: string, matrix: Recorded['matrix']): Recorded => ({
  name,
  model: `${TRAINED}/${name}_model.txt`,
  matrix,
  predictions: `${TRAINED}/${name}_pred.txt`,
  raw: `${TRAINED}/${name}_raw.txt`,
});

export const TRAINED_MODELS: Recorded[] = [
  trained('binary_classification', () => labelled('binary_classification/binary.test').matrix),
  trained('regression', () => labelled('regression/regression.test').matrix),
  trained('multiclass_classification', () => labelled('multiclass_classification/multiclass.test').matrix),
  trained('lambdarank', (features) => rankRows(features)),
];

export const OLDER_MODELS: Recorded[] = [
  {
    name: 'DART of version 2',
    model: `${LEAVES}/lg_dart_breast_cancer.model`,
    matrix: () => rowsOf('breast_cancer_test.tsv'),
    predictions: `${LEAVES}/lg_dart_breast_cancer_true_predictions.txt`,
  },
  {
    name: 'categories and 13 classes',
    model: `${LEAVES}/lg_kddcup99.model`,
    matrix: () => rowsOf('kddcup99_test.tsv'),
    raw: `${LEAVES}/lg_kddcup99_true_predictions.txt`,
  },
  {
    name: 'multiclass of version 2',
    model: `${LEAVES}/lgmulticlass.model`,
    matrix: () => labelDropped('multiclass_test.tsv'),
    predictions: `${LEAVES}/lgmulticlass_true_predictions.txt`,
    raw: `${LEAVES}/lgmulticlass_true_raw_predictions.txt`,
  },
];

function rowsOf(file: string): Matrix {
  return matrixOf(numberRows(sharedText(`${LEAVES}/${file}`)));
}

function labelDropped(file: string): Matrix {
  return matrixOf(numberRows(sharedText(`${LEAVES}/${file}`)).map((row) => row.slice(1)));
}

/** Sparse rows: `label index:value …`; what is not named is 0. */
function rankRows(features: number): Matrix {
  const lines = sharedText('data/lightgbm/lightgbm_examples/lambdarank/rank.test').split('\n').filter(Boolean);
  return matrixOf(
    lines.map((line) => {
      const row = new Array<number>(features).fill(0);
      for (const pair of line.trim().split(' ').slice(1)) {
        const [index, value] = pair.split(':').map(Number);
        row[index!] = value!;
      }
      return row;
    }),
  );
}
