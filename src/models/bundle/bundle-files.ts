import type * as z from 'zod';
import { InputError } from '../../common/errors.js';
import { firstProblem } from '../../common/schema-words.js';
import type { LinearModel } from '../linear/linear-model.js';
import { readLightGbm } from '../lightgbm-text/read-model.js';
import { writeLightGbm } from '../lightgbm-text/write-model.js';
import { madeColumns } from '../preprocessing/origins.js';
import type { TreeModel } from '../trees/tree-model.js';
import type { Bundle } from './bundle.js';
import { bundleMetadata, linearModel } from './metadata.js';

export const METADATA_FILE = 'model_metadata.json';
export const TREES_FILE = 'lgb_model.txt';
export const LINEAR_FILE = 'linear_model.json';

/**
 * The files of a bundle by name: the model (`lgb_model.txt` in LightGBM's text format, or `linear_model.json`) and
 * `model_metadata.json`, which carries the preprocessing. The same bundle gives the same bytes.
 * @throws InputError naming the model's features that inputs and preprocessing do not give
 */
export function bundleFiles(bundle: Bundle): Record<string, string> {
  const { kind, schemaVersion, task, family, inputs, preprocessing, classes, threshold, metadata } = bundle;
  checkFeatures(bundle.model, bundle);
  const template = { feature_cols: inputs.map(({ name }) => name), ...metadata };
  const ours = { kind, schemaVersion, task, family, inputs, preprocessing, classes };
  return {
    ...(bundle.model.kind === 'trees'
      ? { [TREES_FILE]: writeLightGbm(bundle.model) }
      : { [LINEAR_FILE]: json(bundle.model) }),
    [METADATA_FILE]: json({ threshold, ...template, ...ours }),
  };
}

/**
 * Opens a bundle's files. A model without its metadata or its preprocessing is refused: what it predicts would be
 * anybody's guess.
 * @throws InputError naming the file, and the key where one is wrong or missing
 */
export function openBundle(files: Record<string, string>): Bundle {
  const text = files[METADATA_FILE];
  if (text === undefined)
    throw new InputError(`${METADATA_FILE} is missing: a model without its metadata and preprocessing is not usable`);
  const { kind, schemaVersion, task, family, inputs, preprocessing, classes, threshold, ...metadata } = parse(
    METADATA_FILE,
    text,
    bundleMetadata,
  );
  const model = openModel(files);
  checkFeatures(model, { inputs, preprocessing });
  return { kind, schemaVersion, task, family, inputs, preprocessing, model, threshold, classes, metadata };
}

function openModel(files: Record<string, string>): TreeModel | LinearModel {
  if (files[TREES_FILE] !== undefined && files[LINEAR_FILE] !== undefined)
    throw new InputError(`found ${TREES_FILE} and ${LINEAR_FILE}, expected one model`);
  if (files[TREES_FILE] !== undefined) return readLightGbm(files[TREES_FILE], TREES_FILE);
  if (files[LINEAR_FILE] === undefined) throw new InputError(`${TREES_FILE} or ${LINEAR_FILE} is missing: no model`);
  const model = parse(LINEAR_FILE, files[LINEAR_FILE], linearModel);
  const width = model.featureNames.length;
  const fits = model.coefficients.every((row) => row.length === width);
  if (!fits || model.coefficients.length !== model.intercepts.length || model.intercepts.length === 0)
    throw new InputError(
      `${LINEAR_FILE}: coefficients do not fit ${width} features and ${model.intercepts.length} intercepts`,
    );
  return model;
}

/** Every feature must come from an input as a number: as it is, or by an encoding step. */
function checkFeatures(model: TreeModel | LinearModel, parts: Pick<Bundle, 'inputs' | 'preprocessing'>): void {
  const types = new Map<string, string>(parts.inputs.map(({ name, type }) => [name, type]));
  for (const step of parts.preprocessing) {
    for (const [name, made] of madeColumns(step)) {
      types.delete(name);
      for (const column of made) types.set(column, 'number');
    }
  }
  const unknown = model.featureNames.filter((name) => !types.has(name));
  if (unknown.length > 0)
    throw new InputError(`${METADATA_FILE}: the model needs ${unknown.join(', ')}, which no input or step gives`);
  // Trees with lists of categories take the words as they are.
  const takesWords = model.kind === 'trees' && (model.pandasCategorical ?? []).length > 0;
  const bare = takesWords ? [] : model.featureNames.filter((name) => types.get(name) === 'category');
  if (bare.length > 0)
    throw new InputError(`${METADATA_FILE}: ${bare.join(', ')} hold categories and no step turns them into numbers`);
}

function parse<T>(file: string, text: string, schema: z.ZodType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new InputError(`${file} is not JSON`, { cause: error });
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new InputError(`${file}: ${firstProblem(result.error, value)}`);
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
