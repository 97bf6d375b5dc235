import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../../common/errors.js';
import type { Bundle } from '../../models/bundle/bundle.js';
import type { TreeModel } from '../../models/trees/tree-model.js';
import type { ProjectFile } from '../../project/schema.js';
import { isXgboost } from '../../models/xgboost/is-xgboost.js';
import { readModelFile } from '../model-files/model-file.js';
import { bundleOf } from '../registering/bundle-of.js';
import { modelInFile } from '../registering/found-model.js';

/**
 * The one model that a program left in its model folder, as a bundle without a threshold: LightGBM's text, XGBoost's JSON
 * or UBJ, or a bundle of ours. Other files may lie beside it.
 * @param columns of numbers, in the order of the program's channels
 * @throws InputError saying what lies there instead, or what of it does not fit
 */
export async function madeModel(
  folder: string,
  { file, columns, what }: { file: Pick<ProjectFile, 'model'>; columns: readonly string[]; what: string },
): Promise<Bundle> {
  const names = (await readdir(folder)).sort();
  if (names.includes('model_metadata.json')) return (await readModelFile(folder)).bundle!;
  const models: string[] = [];
  for (const name of names) if (await isModel(join(folder, name))) models.push(name);
  const [name, second] = models;
  if (name === undefined || second !== undefined) {
    const found = (second === undefined ? names : models).join(', ') || 'nothing';
    const expected = "one model: LightGBM's text (model.txt), XGBoost's JSON or UBJ (model.json, model.ubj)";
    throw new InputError(`${what}: found ${found} in SM_MODEL_DIR, expected ${expected}`);
  }
  const found = await modelInFile(join(folder, name));
  const { model } = found;
  if (model.kind === 'trees' && found.family === 'lightgbm')
    return lightGbmBundle(file, inColumns(model, columns, what), what);
  const used = found.names ?? columns;
  mustBeColumns(used, columns, what);
  return bundleOf(
    file,
    found,
    used.map((one) => ({ name: one, type: 'number' })),
    {},
  );
}

/** What bytes of a file say; what ends like a model and is none of these is no model of ours. */
async function isModel(path: string): Promise<boolean> {
  if (!(await stat(path)).isFile()) return false;
  const bytes = await readFile(path);
  return isXgboost(bytes) || /^tree\r?\nversion=/.test(bytes.toString('latin1', 0, 20));
}

function lightGbmBundle({ model: { task } }: Pick<ProjectFile, 'model'>, model: TreeModel, what: string): Bundle {
  checkTask(model, task, what);
  const inputs = model.featureNames.map((name) => ({ name, type: 'number' as const }));
  const rest = { preprocessing: [], threshold: null, metadata: {} };
  return { kind: 'model-bundle', schemaVersion: 1, task, family: 'lightgbm', inputs, model, ...rest };
}

function mustBeColumns(names: readonly string[], columns: readonly string[], what: string): void {
  const strange = names.filter((name) => !columns.includes(name));
  if (strange.length > 0)
    throw new InputError(
      `${what}: the model was trained on ${strange.join(', ')}, expected columns of numbers of its channels: ${columns.join(', ')}`,
    );
}

/**
 * A model with the names of the project's own columns: a learner that got bare arrays calls them by place
 * (`Column_0`, `f0`), and LightGBM writes `_` for spaces.
 * @throws InputError naming the features that are no column of numbers
 */
function inColumns(model: TreeModel, columns: readonly string[], what: string): TreeModel {
  const { featureNames } = model;
  const byPlace = featureNames.every((name, at) => name === `Column_${at}` || name === `f${at}`);
  if (byPlace && featureNames.length === columns.length) return { ...model, featureNames: [...columns] };
  const byName = new Map(
    columns.flatMap(
      (column) =>
        [
          [column.replaceAll(' ', '_'), column],
          [column, column],
        ] as const,
    ),
  );
  mustBeColumns(
    featureNames.map((name) => byName.get(name) ?? name),
    columns,
    what,
  );
  return { ...model, featureNames: featureNames.map((name) => byName.get(name)!) };
}

/** @throws InputError where a model's scores are none of its project's task */
function checkTask(model: TreeModel, task: ProjectFile['model']['task'], what: string): void {
  const objective = model.objective?.split(' ')[0] ?? 'none';
  const probabilities = /^(binary|cross_entropy|xentropy)$/.test(objective);
  if (model.classes > 1 || probabilities !== (task === 'binary'))
    throw new InputError(`${what}: found a model of objective ${objective}, expected one for model.task "${task}"`);
}
