import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../../common/errors.js';
import type { Bundle } from '../../models/bundle/bundle.js';
import type { TreeModel } from '../../models/trees/tree-model.js';
import type { ProjectFile } from '../../project/schema.js';
import { readModelFile } from '../model-files/model-file.js';

/**
 * The one model that a program left in its model folder: LightGBM's text, or a bundle of ours. Other files may lie
 * beside it.
 * @throws InputError saying what lies there instead
 */
export async function madeModel(
  folder: string,
  what: string,
): Promise<{ file: string; model: TreeModel; bundle: null } | { file: string; bundle: Bundle }> {
  const names = (await readdir(folder)).sort();
  if (names.includes('model_metadata.json')) return { file: '', bundle: (await readModelFile(folder)).bundle! };
  const models: string[] = [];
  for (const name of names) if (await isLightGbm(join(folder, name))) models.push(name);
  const [file, second] = models;
  if (file === undefined || second !== undefined) {
    const found = (second === undefined ? names : models).join(', ') || 'nothing';
    throw new InputError(`${what}: found ${found} in SM_MODEL_DIR, expected one model: LightGBM's text, model.txt`);
  }
  const { model } = await readModelFile(join(folder, file));
  return { file, model: model as TreeModel, bundle: null };
}

async function isLightGbm(path: string): Promise<boolean> {
  if (!(await stat(path)).isFile()) return false;
  return /^tree\r?\nversion=/.test((await readFile(path)).toString('latin1', 0, 20));
}

/**
 * A model with the names of the project's own columns: a learner that got bare arrays calls them by place
 * (`Column_0`, `f0`), and LightGBM writes `_` for spaces.
 * @throws InputError naming the features that are no column of numbers
 */
export function inColumns(model: TreeModel, columns: readonly string[], what: string): TreeModel {
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
  const strange = featureNames.filter((name) => !byName.has(name));
  if (strange.length > 0)
    throw new InputError(
      `${what}: the model was trained on ${strange.join(', ')}, expected columns of numbers of its channels: ${columns.join(', ')}`,
    );
  return { ...model, featureNames: featureNames.map((name) => byName.get(name)!) };
}

/** @throws InputError where a model's scores are none of its project's task */
export function checkTask(model: TreeModel, task: ProjectFile['model']['task'], what: string): void {
  const objective = model.objective?.split(' ')[0] ?? 'none';
  const probabilities = /^(binary|cross_entropy|xentropy)$/.test(objective);
  if (model.classes > 1 || probabilities !== (task === 'binary'))
    throw new InputError(`${what}: found a model of objective ${objective}, expected one for model.task "${task}"`);
}
