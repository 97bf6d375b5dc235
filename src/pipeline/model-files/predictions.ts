import { InputError } from '../../common/errors.js';
import { contributions } from '../../models/explain/contributions.js';
import { leafIndices } from '../../models/trees/predict-trees.js';
import type { LinearModel } from '../../models/linear/linear-model.js';
import type { Matrix } from '../../models/table/matrix.js';
import { predict, predictRaw } from '../../models/predict.js';
import type { TreeModel } from '../../models/trees/tree-model.js';

export type PredictionKind = 'prediction' | 'raw' | 'leaf' | 'contributions';

/** Figures for each row: `value(row, column)`, one column a name. */
export interface Predictions {
  columns: string[];
  rows: number;
  value: (row: number, column: number) => number;
}

/**
 * What a model says of each row: its prediction or raw score (one column a class), the leaf of each tree, or for each
 * class in turn how much each feature contributed, then the base.
 * @param classes names of the classes, if they have any
 */
export function predictionsOf(
  model: TreeModel | LinearModel,
  matrix: Matrix,
  kind: PredictionKind,
  classes?: string[],
): Predictions {
  const { rows } = matrix;
  const nameOf = (place: number) => classes?.[place] ?? `class_${place}`;
  if (kind === 'contributions') return contributed(treesOnly(model, kind), matrix, nameOf);
  if (kind === 'leaf') {
    const leaves = leafIndices(treesOnly(model, kind), matrix);
    const columns = leaves.map((_, tree) => `tree_${tree}`);
    return { columns, rows, value: (row, tree) => leaves[tree]![row]! };
  }
  const outputs = kind === 'raw' ? predictRaw(model, matrix) : predict(model, matrix);
  const times = kind === 'raw' ? treesSummed(model) : 1;
  const columns = outputs.length === 1 ? [kind] : outputs.map((_, place) => nameOf(place));
  return { columns, rows, value: (row, output) => outputs[output]![row]! * times };
}

function treesOnly(model: TreeModel | LinearModel, kind: PredictionKind): TreeModel {
  if (model.kind === 'trees') return model;
  throw new InputError(`--${kind}: found a linear model, expected trees; its coefficients are in mlops model info`);
}

/** LightGBM gives raw scores and contributions of a forest as the sum of its trees, and so do its users expect them. */
const treesSummed = (model: TreeModel | LinearModel): number =>
  model.kind === 'trees' && model.averageOutput ? model.trees.length / model.treesPerRound : 1;

function contributed(model: TreeModel, matrix: Matrix, nameOf: (place: number) => string): Predictions {
  const { features, outputs } = contributions(model, matrix);
  const width = features.length + 1;
  const names = [...features, 'base'];
  const columns = outputs.flatMap((_, place) =>
    outputs.length === 1 ? names : names.map((name) => `${nameOf(place)}:${name}`),
  );
  const times = treesSummed(model);
  const value = (row: number, column: number) =>
    outputs[Math.floor(column / width)]![row * width + (column % width)]! * times;
  return { columns, rows: matrix.rows, value };
}
