import { setOwn } from '../../common/own.js';
import type { RowContributions } from '../../documents/monitored-rows.js';
import type { Bundle } from '../bundle/bundle.js';
import { ownModel } from '../bundle/outside-model.js';
import { modelTable } from '../bundle/score.js';
import type { LinearModel } from '../linear/linear-model.js';
import { origins } from '../preprocessing/origins.js';
import type { Matrix } from '../table/matrix.js';
import type { TreeModel } from '../trees/tree-model.js';
import { contributions } from './contributions.js';

export type RowValue = number | string | boolean | null;

/** What moved the raw score of one row, of one class where there are several; `changes` in the order of the inputs. */
export interface InputContributions {
  unit: string;
  base: number;
  changes: number[];
}

/**
 * What moved the raw score of each row, by input column: TreeSHAP for trees, coefficient × value for linear models
 * (against the mean of the training rows where the model scales its inputs, against zero otherwise). Columns made by
 * an encoding are added up to the input they come from.
 * @param asked of several classes: the places of those that are told, a list a row; the first output where it has none
 * @throws InputError for a model that others compute, and for trees that do not say how many rows they saw
 */
export function inputContributions(
  bundle: Bundle,
  inputs: Matrix,
  asked: readonly (readonly number[])[],
): InputContributions[][] {
  const { task, classes = [] } = bundle;
  const model = ownModel(bundle);
  const table = modelTable(bundle, inputs);
  const { features, outputs } = model.kind === 'trees' ? treeOutputs(model, table) : linearOutputs(model, table);
  const raw = origins(bundle.preprocessing, features);
  const ofInput = bundle.inputs.map(({ name }) => [...raw.keys()].filter((at) => raw[at] === name));
  const unit =
    task === 'regression' ? 'target' : model.kind === 'trees' && model.averageOutput ? 'probability' : 'log odds';
  return Array.from({ length: table.rows }, (_, row) =>
    (asked[row] ?? [0]).map((place) => {
      const { base, changes } = outputs[Math.min(place, outputs.length - 1)]!(row);
      // Of two classes there may be one score, that of the second: what speaks for the one speaks against the other.
      const sign = classes.length === 2 && outputs.length === 1 && place === 0 ? -1 : 1;
      return {
        unit,
        base: sign * base,
        changes: ofInput.map((places) => places.reduce((sum, at) => sum + sign * changes[at]!, 0)),
      };
    }),
  );
}

/** The same of rows as people see them. Of several classes: for each row's predicted one. */
export function rowContributions(
  bundle: Bundle,
  inputs: Record<string, RowValue>[],
  predicted: readonly (RowValue | undefined)[] = [],
): RowContributions[] {
  const { task, classes = [] } = bundle;
  const asked = inputs.map((_, row) => [Math.max(0, classes.indexOf(String(predicted[row])))]);
  return inputContributions(bundle, matrixOf(bundle, inputs), asked).map(([told], row) => ({
    unit: task === 'multiclass' ? `${told!.unit} of ${String(predicted[row])}` : told!.unit,
    base: told!.base,
    steps: bundle.inputs.map(({ name }, at) => ({
      feature: name,
      value: shown(inputs[row]![name] ?? null),
      change: told!.changes[at]!,
    })),
  }));
}

/** Of each output the base and changes of a row, by the model's own columns. */
interface Outputs {
  features: string[];
  outputs: ((row: number) => { base: number; changes: ArrayLike<number> })[];
}

function treeOutputs(model: TreeModel, table: Matrix): Outputs {
  const { features, outputs } = contributions(model, table);
  const width = features.length + 1;
  return {
    features,
    outputs: outputs.map((values) => (row) => ({
      base: values[(row + 1) * width - 1]!,
      changes: values.subarray(row * width, (row + 1) * width - 1),
    })),
  };
}

function linearOutputs({ featureNames, coefficients, intercepts }: LinearModel, table: Matrix): Outputs {
  const columns = featureNames.map((name) => table.values[table.columns.indexOf(name)]!);
  return {
    features: featureNames,
    outputs: coefficients.map((own, place) => (row) => ({
      base: intercepts[place]!,
      changes: columns.map((values, at) => own[at]! * values[row]!),
    })),
  };
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
