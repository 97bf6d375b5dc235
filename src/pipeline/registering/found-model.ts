import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { InputError, WrongInput } from '../../common/errors.js';
import { codeOf, fileError } from '../../common/files.js';
import type { Bundle, BundleInput, ModelSource } from '../../models/bundle/bundle.js';
import { TREES_FILE } from '../../models/bundle/formats/lightgbm.js';
import { ONNX_FILE } from '../../models/bundle/formats/outside.js';
import type { OutsideModel, OwnModel } from '../../models/bundle/outside-model.js';
import { readLightGbm } from '../../models/lightgbm-text/read-model.js';
import type { Task } from '../../models/task.js';
import { parseObjective } from '../../models/trees/objective.js';
import { isXgboost } from '../../models/xgboost/is-xgboost.js';
import { readXgboost } from '../../models/xgboost/read-model.js';
import { refuseForeign, ways } from './refuse-foreign.js';

/** A model that was trained elsewhere, as far as it tells of itself. */
export interface FoundModel {
  family: string;
  model: OwnModel | OutsideModel;
  source?: ModelSource;
  /** Its columns, in its order; null where it has no names for them. */
  names: string[] | null;
  /** Their types, where it tells. */
  inputs?: BundleInput[];
  /** Of a bundle of ours: what is done to the rows before. */
  preprocessing?: Bundle['preprocessing'];
  /** How many columns it takes; null where it does not tell. */
  width: number | null;
  /** Tasks that its scores fit; null where it does not tell. */
  tasks: readonly Task[] | null;
  classes?: string[];
  /** Where the class changes, of a binary model. */
  threshold: number;
  metadata: Record<string, unknown>;
  /** What somebody should know of how it is read. */
  notes: string[];
}

/** A model with a name, and a word for the registry of where it came from. */
export interface NamedModel extends FoundModel {
  name: string;
  origin: string;
}

/**
 * Opens a model of another library.
 * @param rounds of an XGBoost model: which count, first and past the last
 * @throws WrongInput naming the file, and the two ways to bring what is not read
 */
export async function modelInFile(path: string, rounds?: [number, number]): Promise<FoundModel> {
  return modelInBytes(await modelBytes(path), basename(path), rounds);
}

/** The same of what a file holds. */
export function modelInBytes(bytes: Uint8Array, file: string, rounds?: [number, number]): FoundModel {
  refuseForeign(file, bytes);
  if (isXgboost(bytes)) return xgboostModel(bytes, file, rounds);
  if (rounds) throw new InputError(`${file}: found no model of XGBoost, of which --rounds says what counts`);
  if (/^tree\r?\nversion=/.test(Buffer.from(bytes.subarray(0, 20)).toString('latin1'))) return lightGbm(bytes, file);
  if (file.endsWith('.onnx')) return onnxModel(bytes);
  throw new WrongInput({ file, found: 'nothing that is known', expected: ways });
}

/** What a file holds that is to be a model. @throws InputError where there is none */
export async function modelBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT')
      throw new InputError(`${path}: found no such file, expected a model`, { cause: error });
    throw fileError('read', path, error);
  }
}

function xgboostModel(bytes: Uint8Array, file: string, asked?: [number, number]): FoundModel {
  const { model, task, named, rounds, version } = readXgboost(bytes, file, asked);
  const { inFile, used, why, best } = rounds;
  const part = `rounds ${used[0]} to ${used[1]} of ${inFile}`;
  const notes = {
    'best iteration': [`${file}: ${part} count, up to the best one, as XGBoost's scikit-learn interface has it`],
    all:
      best === null
        ? []
        : [
            `${file}: all ${inFile} rounds count, as a booster's predict has it; its best was ${best}: --rounds 0:${best + 1}`,
          ],
    'asked for': [`${file}: ${part} count, as asked`],
  }[why];
  const json = file.endsWith('.json') || bytes[1] === 0x22 || bytes[1] === 0x0a;
  return {
    family: 'xgboost',
    model,
    source: { name: json ? 'xgboost_model.json' : 'xgboost_model.ubj', bytes },
    names: named ? model.featureNames : null,
    width: model.featureNames.length,
    // A share between 0 and 1 may be a probability.
    tasks: model.xgboost!.objective === 'reg:logistic' ? ['regression', 'binary'] : [task],
    classes: task === 'multiclass' ? Array.from({ length: model.classes }, (_, place) => String(place)) : undefined,
    threshold: model.xgboost!.objective === 'binary:logitraw' ? 0 : 0.5,
    metadata: { xgboost: { version, objective: model.xgboost!.objective, rounds: used } },
    notes,
  };
}

function lightGbm(bytes: Uint8Array, file: string): FoundModel {
  const model = readLightGbm(Buffer.from(bytes).toString('utf8'), file);
  const byPlace = model.featureNames.every((name, at) => name === `Column_${at}`);
  const classes = model.classes > 1 ? Array.from({ length: model.classes }, (_, place) => String(place)) : undefined;
  return {
    family: 'lightgbm',
    model,
    source: { name: TREES_FILE, bytes },
    names: byPlace ? null : model.featureNames,
    width: model.featureNames.length,
    tasks: tasksOf(model.objective),
    classes,
    threshold: 0.5,
    metadata: { objective: model.objective },
    notes: [],
  };
}

/** What LightGBM's predictions of an objective can be. */
function tasksOf(objective: string | null): Task[] | null {
  if (objective === null) return null;
  const parsed = parseObjective(objective);
  if ('problem' in parsed || /^(custom|none|null|na)\b/.test(objective)) return null;
  if (objective.startsWith('multiclass') || objective.startsWith('softmax')) return ['multiclass'];
  if (parsed.transform === 'sigmoid') return objective.startsWith('binary') ? ['binary'] : ['binary', 'regression'];
  return ['regression'];
}

function onnxModel(bytes: Uint8Array): FoundModel {
  return {
    family: 'onnx',
    model: { kind: 'onnx', bytes },
    source: { name: ONNX_FILE, bytes },
    ...{ names: null, width: null, tasks: null, threshold: 0.5, metadata: {}, notes: [] },
  };
}
