import type { Explanation } from '../../documents/explanation.js';
import type { Bundle } from '../../models/bundle/bundle.js';
import { ownModel } from '../../models/bundle/outside-model.js';
import { modelTable } from '../../models/bundle/score.js';
import { contributions, type Contributions } from '../../models/explain/contributions.js';
import { linearContributions } from '../../models/explain/linear-contributions.js';
import { permutationImportance } from '../../models/explain/permutation-importance.js';
import type { LinearModel } from '../../models/linear/linear-model.js';
import type { Matrix } from '../../models/table/matrix.js';
import { origins } from '../../models/preprocessing/origins.js';
import type { TreeModel } from '../../models/trees/tree-model.js';
import { lowerIsBetter } from '../../project/rules/known-figures.js';
import { columnsAsSeen } from '../evaluating/drift-table.js';
import { labelText } from '../evaluating/predictions.js';
import { figureOf, judge, type Scored } from '../evaluating/evaluate.js';
import { textsOf } from '../../models/table/texts.js';
import { importanceOf } from './importance.js';
import { filterPart, selectColumns, type Part } from '../evaluating/parts.js';

const mostRows = 400;
/** Steps through trees that an explanation may take: about half a second. */
const mostSteps = 4e7;
const leastRows = 10;
const noRows = 'no test row has a label';
/** Scores that shuffling columns may ask for, times trees. */
const mostShuffled = 4e6;

/** What explains a model: rows it never saw, and those it was fitted on, against which a linear model is explained. */
export interface Explained {
  candidate: { name: string; bundle: Bundle };
  fitted: Part;
  test: Part;
  /** The figure that decides between candidates. */
  metric: string;
}

/** `explanation.json`: SHAP values of sampled test rows, and what each feature is worth. */
export function explanationOf(
  { candidate, fitted, test, metric }: Explained,
  modelVersion: string,
  now: Date,
): Explanation {
  const { bundle, name } = candidate;
  const model = ownModel(bundle);
  const sample = sampleOf(test, rowsFor(model));
  const table = modelTable(bundle, inputsOf(bundle, sample));
  const found = shapOf(model, table, () => modelTable(bundle, inputsOf(bundle, fitted)));
  const { features, outputs } = byRawColumn(bundle, found);
  const width = features.length + 1;
  const { scores, several } = judge(bundle, sample);
  const explained = explainedScores(outputs, several, scores);
  const seen = columnsAsSeen(bundle, sample);
  const words = bundle.inputs.filter(({ type }) => type === 'category').map(({ name }) => name);
  const texts = new Map(words.map((name) => [name, textsOf(sample.matrix, name)]));
  const worth = new Map(importanceOf(bundle).map((one) => [one.column, one]));
  const permuted = permutationOf(bundle, test, metric);
  return {
    kind: 'explanation',
    schemaVersion: 1,
    modelVersion,
    candidate: name,
    createdAt: now.toISOString(),
    part: 'test',
    unit: unitOf(bundle),
    ...(several && { classes: [...several.classes] }),
    // Of several classes every row has the base of its own.
    base: sample.matrix.rows > 0 && several === undefined ? outputs[0]![width - 1]! : null,
    features: features.map((feature, place) => ({
      name: feature,
      ...meanShap(outputs, place, width, several),
      gain: worth.get(feature)?.gain ?? null,
      split: worth.get(feature)?.split ?? null,
      permutation: permuted?.get(feature) ?? null,
    })),
    rows: sample.recordIds.map((id, row) => ({
      id,
      ...explained(row, width),
      label: sample.classes === undefined ? sample.target[row]! : labelText(sample, row),
      values: features.map((feature) => texts.get(feature)?.[row] ?? finite(seen.get(feature)?.filled[row])),
    })),
    ...(sample.matrix.rows > 0 ? {} : { reasons: { base: noRows, meanAbsShap: noRows } }),
  };
}

/** The score that a row is explained by, of several classes that of the predicted one, and what moved it. */
function explainedScores(outputs: Float64Array[], several: Scored['several'], scores: Float64Array) {
  return (row: number, width: number) => {
    const predicted = scores[row]!;
    const values = outputs[several === undefined ? 0 : Math.min(predicted, outputs.length - 1)]!;
    // Of two classes there may be one score, that of the second.
    const sign = several !== undefined && outputs.length === 1 && predicted === 0 ? -1 : 1;
    const shap = Array.from(values.subarray(row * width, (row + 1) * width - 1), (value) => sign * value);
    if (several === undefined) return { score: predicted, shap };
    const base = sign * values[(row + 1) * width - 1]!;
    return { score: several.probabilities[predicted]![row]!, predicted: several.classes[predicted]!, base, shap };
  };
}

function meanShap(outputs: Float64Array[], place: number, width: number, several: Scored['several']) {
  const each = outputs.map((values) => meanAbs(values, place, width));
  if (several === undefined) return { meanAbsShap: each[0]! };
  if (each.some((mean) => mean === null)) return { meanAbsShap: null };
  const perClass = several.classes.map((_, at) => each[Math.min(at, each.length - 1)]!);
  return { meanAbsShap: each.reduce<number>((sum, mean) => sum + mean!, 0), perClass };
}

function shapOf(model: TreeModel | LinearModel, table: Matrix, background: () => Matrix): Contributions {
  return model.kind === 'trees' ? contributions(model, table) : linearContributions(model, table, background());
}

/** SHAP values add up: those of all that encoding made of a column are the column's own. */
function byRawColumn({ preprocessing }: Bundle, { features, outputs }: Contributions): Contributions {
  const raw = origins(preprocessing, features);
  const columns = [...new Set(raw)];
  if (columns.length === features.length) return { features: columns, outputs };
  const places = raw.map((name) => columns.indexOf(name));
  const [from, to] = [features.length + 1, columns.length + 1];
  const summed = outputs.map((values) => {
    const sums = new Float64Array((values.length / from) * to);
    values.forEach((value, at) => {
      const [row, place] = [Math.floor(at / from), at % from];
      sums[row * to + (places[place] ?? columns.length)]! += value;
    });
    return sums;
  });
  return { features: columns, outputs: summed };
}

function unitOf({ task, model }: Bundle): Explanation['unit'] {
  if (task === 'regression') return 'target';
  return model.kind === 'trees' && model.averageOutput ? 'probability' : 'log odds';
}

/** How many rows can be explained: a row costs each tree's leaves times the square of their depth. */
function rowsFor(model: TreeModel | LinearModel): number {
  if (model.kind === 'linear') return mostRows;
  const steps = model.trees.reduce((sum, { leaves }) => sum + leaves * Math.log2(leaves + 1) ** 2, 0);
  return Math.max(leastRows, Math.min(mostRows, Math.floor(mostSteps / Math.max(steps, 1))));
}

/** Rows evenly spread over a part, whose order means nothing to the model. */
function sampleOf(part: Part, rows: number): Part {
  const all = part.matrix.rows;
  if (all <= rows) return part;
  const chosen = new Set(Array.from({ length: rows }, (_, place) => Math.floor((place * all) / rows)));
  return filterPart(part, (row) => chosen.has(row));
}

/** How much the deciding figure falls when a column is shuffled; undefined where that would take long. */
function permutationOf(bundle: Bundle, test: Part, metric: string): Map<string, number> | undefined {
  const trees = bundle.model.kind === 'trees' ? bundle.model.trees.length : 1;
  const rows = Math.floor(mostShuffled / (bundle.inputs.length * Math.max(trees, 1)));
  if (rows < 100) return undefined;
  const sample = sampleOf(test, rows);
  const sign = lowerIsBetter(metric) ? -1 : 1;
  const worth = (matrix: Matrix) => sign * (figureOf(judge(bundle, { ...sample, matrix }).figures, metric) ?? NaN);
  const falls = permutationImportance(worth, inputsOf(bundle, sample), 1);
  return new Map(falls.filter(({ mean }) => Number.isFinite(mean)).map(({ column, mean }) => [column, mean]));
}

const inputsOf = ({ inputs }: Bundle, { matrix }: Part): Matrix =>
  selectColumns(
    matrix,
    inputs.map(({ name }) => name),
  );

function meanAbs(values: Float64Array, place: number, width: number): number | null {
  let sum = 0;
  let rows = 0;
  for (let at = place; at < values.length; at += width, rows++) sum += Math.abs(values[at]!);
  return rows === 0 ? null : sum / rows;
}

const finite = (value: number | undefined) => (Number.isFinite(value) ? value! : null);
