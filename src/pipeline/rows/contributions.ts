import { setOwn } from '../../common/own.js';
import type { RowContributions } from '../../documents/monitored-rows.js';
import type { Bundle } from '../../models/bundle/bundle.js';
import { ownModel } from '../../models/bundle/outside-model.js';
import { modelTable } from '../../models/bundle/score.js';
import { origins } from '../../models/preprocessing/origins.js';
import { contributions } from '../../models/explain/contributions.js';
import type { LinearModel } from '../../models/linear/linear-model.js';
import type { Matrix } from '../../models/table/matrix.js';
import type { TreeModel } from '../../models/trees/tree-model.js';

export type RowValue = number | string | boolean | null;

/**
 * What moved the raw score of each row, by input column: TreeSHAP for trees, coefficient × value for linear models
 * (against the mean of the training rows where the model scales its inputs, against zero otherwise). Columns made by
 * an encoding are added up to the input they come from. Of several classes: the score of each row's predicted one.
 */
export function rowContributions(
  bundle: Bundle,
  inputs: Record<string, RowValue>[],
  predicted: readonly (RowValue | undefined)[] = [],
): RowContributions[] {
  const { task, classes = [] } = bundle;
  const model = ownModel(bundle);
  const table = modelTable(bundle, matrixOf(bundle, inputs));
  const places = predicted.map((name) => Math.max(0, classes.indexOf(String(name))));
  const outputs = model.kind === 'trees' ? model.treesPerRound : model.coefficients.length;
  const place = (row: number) => Math.min(places[row] ?? 0, outputs - 1);
  // Of two classes there may be one score, that of the second: what speaks for the one speaks against the other.
  const sign = (row: number) => (classes.length === 2 && outputs === 1 && places[row] === 0 ? -1 : 1);
  const { features, rows } = model.kind === 'trees' ? treeRows(model, table, place) : linearRows(model, table, place);
  const raw = origins(bundle.preprocessing, features);
  const unit =
    task === 'regression' ? 'target' : model.kind === 'trees' && model.averageOutput ? 'probability' : 'log odds';
  return rows.map(({ base, changes }, row) => ({
    unit: task === 'multiclass' ? `${unit} of ${String(predicted[row])}` : unit,
    base: sign(row) * base,
    steps: bundle.inputs.map(({ name }) => ({
      feature: name,
      value: shown(inputs[row]![name] ?? null),
      change: changes.reduce((sum, change, at) => (raw[at] === name ? sum + sign(row) * change : sum), 0),
    })),
  }));
}

interface Changes {
  features: string[];
  rows: { base: number; changes: number[] }[];
}

function treeRows(model: TreeModel, table: Matrix, place: (row: number) => number): Changes {
  const { features, outputs } = contributions(model, table);
  const width = features.length + 1;
  const rows = Array.from({ length: table.rows }, (_, row) => {
    const values = [...outputs[place(row)]!.subarray(row * width, (row + 1) * width)];
    return { base: values.pop()!, changes: values };
  });
  return { features, rows };
}

function linearRows(
  { featureNames, coefficients, intercepts }: LinearModel,
  table: Matrix,
  place: (row: number) => number,
): Changes {
  const columns = featureNames.map((name) => table.values[table.columns.indexOf(name)]!);
  const rows = Array.from({ length: table.rows }, (_, row) => ({
    base: intercepts[place(row)]!,
    changes: columns.map((values, at) => coefficients[place(row)]![at]! * values[row]!),
  }));
  return { features: featureNames, rows };
}

/** Rows as the model gets them: NaN where a value is missing, codes for categories. */
function matrixOf({ inputs }: Bundle, rows: Record<string, RowValue>[]): Matrix {
  const categories: Record<string, string[]> = {};
  const values = inputs.map(({ name, type }) => {
    const cells = rows.map((row) => row[name] ?? null);
    if (type === 'number') return Float64Array.from(cells, (cell) => (cell === null ? NaN : Number(cell)));
    const texts = cells.map((cell) => (cell === null ? null : String(cell)));
    const known = [...new Set(texts.filter((text) => text !== null))];
    setOwn(categories, name, known);
    return Float64Array.from(texts, (text) => (text === null ? NaN : known.indexOf(text)));
  });
  return { columns: inputs.map(({ name }) => name), values, rows: rows.length, categories };
}

const shown = (value: RowValue) => (typeof value === 'boolean' ? String(value) : value);
