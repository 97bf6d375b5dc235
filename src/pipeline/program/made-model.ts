import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError, WrongInput } from '../../common/errors.js';
import type { Bundle, BundleInput } from '../../models/bundle/bundle.js';
import type { Matrix } from '../../models/table/matrix.js';
import { isCategory } from '../../models/table/columns.js';
import { isXgboost } from '../../models/xgboost/is-xgboost.js';
import type { ProjectFile } from '../../project/schema.js';
import { readModelFile } from '../model-files/model-file.js';
import { bundleOf } from '../registering/bundle-of.js';
import { withOnnxFacts } from '../registering/find-model.js';
import { modelInFile, type FoundModel } from '../registering/found-model.js';
import { servedModel } from './served-model.js';

/** A file that says the classes in the order of the model's outputs, where the model does not. */
const CLASSES_FILE = 'classes.json';

export interface MadeBy {
  file: Pick<ProjectFile, 'model' | 'train'>;
  /** The rows of its training channel. */
  matrix: Matrix;
  /** What the program is called in a sentence. */
  what: string;
}

/**
 * The one model that a program left in its model folder, as a bundle without a threshold: LightGBM's text, XGBoost's JSON
 * or UBJ, ONNX, or a bundle of ours; or, where the project names a program that answers for it, whatever lies there. Other
 * files may lie beside it.
 * @throws InputError saying what lies there instead, or what of it does not fit
 */
export async function madeModel(folder: string, { file, matrix, what }: MadeBy): Promise<Bundle> {
  const classes = await classesIn(folder, what);
  const bundle = (found: FoundModel, names: readonly string[]): Bundle => {
    mustBeColumns(names, matrix.columns, what);
    const inputs = names.map((name): BundleInput => ({ name, type: isCategory(matrix, name) ? 'category' : 'number' }));
    try {
      return { ...bundleOf(file, found, inputs, { classes }), threshold: null };
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      throw new InputError(`${what}: ${error.message}`, { cause: error });
    }
  };
  if (file.train?.serve !== undefined) return bundle(await servedModel(folder, file.train.serve), matrix.columns);
  const names = (await readdir(folder)).sort();
  if (names.includes('model_metadata.json')) return (await readModelFile(folder)).bundle!;
  const models: string[] = [];
  for (const name of names) if (await isModel(join(folder, name))) models.push(name);
  const [name, second] = models;
  if (name === undefined || second !== undefined) {
    const found = (second === undefined ? names : models).join(', ') || 'nothing';
    const expected =
      "one model: LightGBM's text (model.txt), XGBoost's JSON or UBJ (model.json, model.ubj), or ONNX (model.onnx); " +
      'another kind needs a program that answers for it: "serve" beside "command"';
    throw new InputError(`${what}: found ${found} in SM_MODEL_DIR, expected ${expected}`);
  }
  const found = await withOnnxFacts(await modelInFile(join(folder, name)));
  return bundle(...inColumns(found, matrix, what));
}

/** What bytes of a file say; of ONNX, which begins with no sign of its own, what it is called. */
async function isModel(path: string): Promise<boolean> {
  if (!(await stat(path)).isFile()) return false;
  if (path.endsWith('.onnx')) return true;
  const bytes = await readFile(path);
  return isXgboost(bytes) || /^tree\r?\nversion=/.test(bytes.toString('latin1', 0, 20));
}

async function classesIn(folder: string, what: string): Promise<string[] | undefined> {
  const text = await readFile(join(folder, CLASSES_FILE), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value) && value.length > 1) return value.map(String);
  } catch {
    // Said below.
  }
  throw new WrongInput({ file: `${what}: ${CLASSES_FILE}`, found: text.slice(0, 80), expected: '["a", "b", …]' });
}

function mustBeColumns(names: readonly string[], columns: readonly string[], what: string): void {
  const strange = names.filter((name) => !columns.includes(name));
  if (strange.length > 0)
    throw new InputError(
      `${what}: the model was trained on ${strange.join(', ')}, expected columns of its channels: ${columns.join(', ')}`,
    );
}

/**
 * A model with the names of the project's own columns: a learner that got bare arrays calls them by place (`Column_0`,
 * `f0`, or not at all), which are then the channel's columns of numbers; LightGBM writes `_` for spaces.
 * @throws InputError where it takes another number of columns
 */
function inColumns(found: FoundModel, matrix: Matrix, what: string): [FoundModel, string[]] {
  const numbers = matrix.columns.filter((name) => !isCategory(matrix, name));
  const { names, width } = found;
  const byPlace = names === null || names.every((name, at) => name === `f${at}` || name === `Column_${at}`);
  if (byPlace) {
    if (width !== null && width !== numbers.length)
      throw new InputError(
        `${what}: the model takes ${width} columns and names none, expected the ${numbers.length} of numbers: ${numbers.join(', ')}`,
      );
    return [found, numbers];
  }
  const { model } = found;
  if (model.kind !== 'trees' || found.family !== 'lightgbm') return [found, names];
  const columns = new Map(matrix.columns.flatMap((name) => [[name.replaceAll(' ', '_'), name] as const]));
  for (const name of matrix.columns) columns.set(name, name);
  const own = names.map((name) => columns.get(name) ?? name);
  return [{ ...found, model: { ...model, featureNames: own } }, own];
}
