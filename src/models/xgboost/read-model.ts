import { parseLoosely } from '../../common/loose-json.js';
import { WrongInput, messageOf } from '../../common/errors.js';
import type { Task } from '../task.js';
import type { TreeModel } from '../trees/tree-model.js';
import type { Tree } from '../trees/tree.js';
import { categoriesOf } from './categories.js';
import { objectiveAt, startOf } from './objective.js';
import { placeOf, type Place } from './places.js';
import { readXgboostTree } from './read-tree.js';
import { roundsOf, type Rounds } from './rounds.js';
import { readUbj } from './ubj.js';

/** What the file of a model that XGBoost trained says, beside the model itself. */
export interface XgboostFile {
  model: TreeModel;
  task: Task;
  /** `3.1.3` */
  version: string;
  /** False where the file has no names, so that features are called f0, f1, … by their place. */
  named: boolean;
  /** Rounds in the file, those that count, and why these. */
  rounds: Rounds;
}

/** Versions of XGBoost whose files are known. */
const majors = [1, 2, 3];
const mostFeatures = 1_000_000;

/**
 * Reads a model that XGBoost saved, as JSON or Universal Binary JSON, into trees of our own.
 * @param asked which rounds count, first and past the last; absent: as XGBoost's own `predict` would after loading it
 * @throws WrongInput naming the file, the place in it and what is not read
 */
export function readXgboost(bytes: Uint8Array, file: string, asked?: [number, number]): XgboostFile {
  const root = placeOf(file, valueOf(bytes, file));
  const learner = root.at('learner');
  if (!learner.isThere()) learner.fail('nothing', 'a model that XGBoost saved');
  const version = versionAt(root.at('version'));
  const { booster, weights } = boosterAt(learner.at('gradient_booster'));
  const parameters = learner.at('learner_model_param');
  const outputs = outputsAt(parameters);
  const features = parameters.at('num_feature').count();
  if (features < 1 || features > mostFeatures)
    parameters.at('num_feature').fail(`${features} features`, `1 to ${mostFeatures}`);
  const objective = objectiveAt(learner.at('objective').at('name'));
  if ((objective.task === 'multiclass') !== outputs > 1)
    parameters.at('num_class').fail(`${outputs} outputs of ${objective.name}`, 'as many as the objective has');
  const { names, named } = namesAt(learner.at('feature_names'), features);
  const groups = groupsAt(booster.at('tree_info'), outputs);
  const trees = booster.at('trees').items();
  if (trees.length !== groups.length) booster.at('tree_info').fail(`${groups.length} trees`, `${trees.length}`);
  const said = booster.at('gbtree_model_param').at('num_trees');
  if (said.isThere() && said.count() !== trees.length) said.fail(`${said.count()} trees`, `the ${trees.length} there`);
  const rounds = roundsOf(learner.at('attributes'), booster, { trees: trees.length, outputs }, asked);
  const read = (tree: Place, place: number) => readXgboostTree(tree, features, weights?.[place] ?? 1);
  const byGroup = Array.from({ length: outputs }, (_, group) =>
    trees.flatMap((tree, place) =>
      groups[place] === group && place >= rounds.from && place < rounds.to ? [read(tree, place)] : [],
    ),
  );
  const treesInTurn = inTurn(byGroup) ?? booster.at('tree_info').fail('unequal numbers of trees', 'as many a class');
  const model: TreeModel = {
    kind: 'trees',
    featureNames: names,
    featureInfos: [],
    objective: null,
    classes: outputs,
    treesPerRound: outputs,
    averageOutput: false,
    trees: treesInTurn,
    monotoneConstraints: null,
    parameters: null,
    pandasCategorical: null,
    bestRound: byGroup[0]!.length,
    xgboost: {
      objective: objective.name,
      start: startOf(parameters.at('base_score'), objective, outputs),
      transform: objective.transform,
      ...categoriesOf(learner.at('feature_types'), booster.at('cats'), names),
    },
  };
  return { model, task: objective.task, version, named, rounds };
}

/** JSON begins with a brace and then a quote, blank or line; of UBJ the second byte is a type. */
function valueOf(bytes: Uint8Array, file: string): unknown {
  const wrong = (found: string, cause?: unknown): never => {
    throw new WrongInput(
      { file, found, expected: 'a model that XGBoost saved as .json or .ubj: model.save_model("model.ubj")' },
      { cause },
    );
  };
  if (bytes[0] !== 0x7b) return wrong(bytes.length === 0 ? 'an empty file' : 'neither JSON nor UBJ');
  const second = String.fromCharCode(bytes[1] ?? 0);
  if (!/["\s}]/.test(second)) return readUbj(bytes, file);
  try {
    return parseLoosely(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    return wrong(`what is no JSON (${messageOf(error)})`, error);
  }
}

function versionAt(place: Place): string {
  const version = Array.from(place.integers({ length: 3, least: 0, most: 1e6 }));
  if (!majors.includes(version[0]!)) place.fail(`XGBoost ${version.join('.')}`, `version ${majors.join(', ')}`);
  return version.join('.');
}

/** The trees' part, and what DART multiplies each tree with. */
function boosterAt(place: Place): { booster: Place; weights: ArrayLike<number> | null } {
  const name = place.at('name').text();
  if (name === 'gbtree') return { booster: place.at('model'), weights: null };
  if (name !== 'dart')
    return place.at('name').fail(`the booster ${name}`, 'gbtree or dart (a linear booster goes by ONNX or a command)');
  const booster = place.at('gbtree').at('model');
  const trees = booster.at('trees').items().length;
  return { booster, weights: Float64Array.from(place.at('weight_drop').numbers(trees), Math.fround) };
}

function outputsAt(parameters: Place): number {
  const targets = parameters.at('num_target');
  if (targets.isThere() && targets.count() > 1) targets.fail(`${targets.count()} targets`, 'one');
  const outputs = Math.max(1, parameters.at('num_class').count());
  return outputs <= 10_000 ? outputs : parameters.at('num_class').fail(`${outputs} classes`, 'at most 10000');
}

function namesAt(place: Place, features: number): { names: string[]; named: boolean } {
  const names = place.isThere() ? place.items().map((name) => name.text()) : [];
  if (names.length === 0) return { names: Array.from({ length: features }, (_, at) => `f${at}`), named: false };
  if (names.length !== features) place.fail(`${names.length} names`, `${features}`);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  return twice === undefined ? { names, named: true } : place.fail(`"${twice}" twice`, 'each name once');
}

/** The output that each tree adds to. */
const groupsAt = (place: Place, outputs: number): ArrayLike<number> => place.integers({ least: 0, most: outputs - 1 });

/** First a tree of each output, then the next of each: what each output is summed from keeps its order. */
function inTurn(byOutput: Tree[][]): Tree[] | null {
  const count = byOutput[0]!.length;
  if (byOutput.some((trees) => trees.length !== count)) return null;
  return Array.from({ length: count }, (_, round) => byOutput.map((trees) => trees[round]!)).flat();
}
