import { InputError } from '../../common/errors.js';
import { writeLightGbm } from '../lightgbm-text/write-model.js';
import { madeColumns } from '../preprocessing/origins.js';
import type { TreeModel } from '../trees/tree-model.js';
import type { Bundle, ModelSource } from './bundle.js';
import { bytesOf, json, parseJson, type Body } from './formats/format.js';
import { lightGbmFormat, TREES_FILE } from './formats/lightgbm.js';
import { LINEAR_FILE, linearFormat } from './formats/linear.js';
import {
  COMMAND_FILE,
  COMMAND_MODEL_FILE,
  commandFile,
  commandFormat,
  ONNX_FILE,
  onnxFormat,
  URL_FILE,
  urlFile,
  urlFormat,
} from './formats/outside.js';
import { xgboostFormat } from './formats/xgboost.js';
import { bundleMetadata } from './metadata.js';
import { isOwn, type OutsideModel, type OwnModel } from './outside-model.js';

export const METADATA_FILE = 'model_metadata.json';
export { LINEAR_FILE, TREES_FILE };

const formats = [lightGbmFormat, linearFormat, xgboostFormat, onnxFormat, commandFormat, urlFormat];

/** The files that a model of a bundle may lie in. */
export const MODEL_FILES: readonly string[] = formats.flatMap(({ files }) => files);

/** All files that a bundle may have. */
export const BUNDLE_FILES: readonly string[] = [...MODEL_FILES, COMMAND_MODEL_FILE, METADATA_FILE];

/**
 * The files of a bundle by name: the model, in the file of its format, and `model_metadata.json`, which carries the
 * preprocessing. The same bundle gives the same bytes.
 * @throws InputError naming the model's features that inputs and preprocessing do not give
 */
export function bundleFiles(bundle: Bundle): Record<string, Body> {
  const { kind, schemaVersion, task, family, inputs, preprocessing, classes, threshold, metadata } = bundle;
  checkFeatures(bundle.model, bundle);
  const template = { feature_cols: inputs.map(({ name }) => name), ...metadata };
  const ours = { kind, schemaVersion, task, family, inputs, preprocessing, classes };
  const [name, body] = modelFile(bundle);
  const { model } = bundle;
  const beside: Record<string, Body> =
    model.kind === 'command' && model.files ? { [COMMAND_MODEL_FILE]: model.files } : {};
  return { [name]: body, ...beside, [METADATA_FILE]: json({ threshold, ...template, ...ours }) };
}

function modelFile({ model, source }: Bundle): [name: string, body: Body] {
  if (source) return [source.name, source.bytes];
  if (model.kind === 'trees') return [TREES_FILE, writeLightGbm(model)];
  if (model.kind === 'linear') return [LINEAR_FILE, json(model)];
  if (model.kind === 'url') return [URL_FILE, urlFile(model)];
  return model.kind === 'onnx' ? [ONNX_FILE, model.bytes] : [COMMAND_FILE, commandFile(model)];
}

/**
 * Opens a bundle's files. A model without its metadata or its preprocessing is refused: what it predicts would be
 * anybody's guess.
 * @throws InputError naming the file, and the key where one is wrong or missing
 */
export function openBundle(files: Record<string, Body>): Bundle {
  const about = files[METADATA_FILE];
  if (about === undefined)
    throw new InputError(`${METADATA_FILE} is missing: a model without its metadata and preprocessing is not usable`);
  const { kind, schemaVersion, task, family, inputs, preprocessing, classes, threshold, ...metadata } = parseJson(
    METADATA_FILE,
    about,
    bundleMetadata,
  );
  const { model, source } = openModel(files, { inputs, metadata });
  checkFeatures(model, { inputs, preprocessing });
  return { kind, schemaVersion, task, family, inputs, preprocessing, model, source, threshold, classes, metadata };
}

function openModel(
  files: Record<string, Body>,
  about: Pick<Bundle, 'inputs' | 'metadata'>,
): { model: OwnModel | OutsideModel; source?: ModelSource } {
  const found = MODEL_FILES.filter((name) => files[name] !== undefined);
  const [name, second] = found;
  if (name === undefined) throw new InputError(`${TREES_FILE} or ${LINEAR_FILE} is missing: no model`);
  if (second !== undefined) throw new InputError(`found ${found.join(' and ')}, expected one model`);
  const body = files[name]!;
  const format = formats.find((one) => one.files.includes(name))!;
  const model = format.open(body, name, about);
  const beside = files[COMMAND_MODEL_FILE];
  if (model.kind === 'command' && beside !== undefined) return { model: { ...model, files: bytesOf(beside) } };
  return format === xgboostFormat ? { model, source: { name, bytes: bytesOf(body) } } : { model };
}

/** Every feature must come from an input as a number: as it is, or by an encoding step. */
function checkFeatures(model: OwnModel | OutsideModel, parts: Pick<Bundle, 'inputs' | 'preprocessing'>): void {
  // What others compute says itself what it takes, when it is opened.
  if (!isOwn(model)) return;
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
  const takesWords = model.kind === 'trees' && knowsWords(model);
  const bare = takesWords ? [] : model.featureNames.filter((name) => types.get(name) === 'category');
  if (bare.length > 0)
    throw new InputError(`${METADATA_FILE}: ${bare.join(', ')} hold categories and no step turns them into numbers`);
}

/** Trees with lists of categories take words as they are. */
const knowsWords = ({ pandasCategorical, xgboost }: TreeModel): boolean =>
  (pandasCategorical ?? []).length > 0 || Object.keys(xgboost?.categories ?? {}).length > 0;
