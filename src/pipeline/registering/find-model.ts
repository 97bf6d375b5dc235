import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { WrongInput } from '../../common/errors.js';
import { onnxFacts } from '../../serving/scorers/onnx-scorer.js';
import { userPackages } from '../../platform/permissions/user-file.js';
import type { StageContext } from '../stage.js';
import { modelBytes, modelInBytes, type FoundModel, type NamedModel } from './found-model.js';
import { isGzip } from '../model-files/archive-files.js';
import { mlflowModel } from './mlflow/mlflow-model.js';
import { modelInArchive, modelInFolder } from './packed-model.js';
import { ways } from './refuse-foreign.js';
import type { RegisterWish } from './wish.js';
import { modelByCommand } from './serving-command.js';

/** Opens what is to be registered. @throws what the format's reader throws, with file and place */
export async function findModel(context: StageContext, { from }: Pick<RegisterWish, 'from'>): Promise<NamedModel> {
  if (from.kind === 'command')
    return { ...modelByCommand(from.text, from.request), name: 'serving-command', origin: from.text };
  if (from.kind === 'mlflow') return withOnnxFacts(await mlflowModel(from.uri, context.scratch, context.signal));
  const found = await modelAt(resolve(from.path), from.rounds);
  const file = basename(from.path);
  return withOnnxFacts({ ...found, name: file.replace(/(\.tar)?\.[^.]+$/, ''), origin: file });
}

/** A model file, or a bundle: a folder, or what SageMaker packs. */
async function modelAt(path: string, rounds: [number, number] | undefined): Promise<FoundModel> {
  const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() === true;
  const bundle = isFolder ? await modelInFolder(path) : undefined;
  if (bundle) return bundle;
  if (isFolder)
    throw new WrongInput({ file: basename(path), found: 'a folder without model_metadata.json', expected: ways });
  const bytes = await modelBytes(path);
  const file = basename(path);
  return isGzip(bytes) ? modelInArchive(bytes, file, rounds) : modelInBytes(bytes, file, rounds);
}

/** An ONNX model tells of itself to its runtime. */
export async function withOnnxFacts<Found extends FoundModel>(found: Found): Promise<Found> {
  if (found.model.kind !== 'onnx') return found;
  const { inputs, width, classes } = await onnxFacts(found.model, userPackages());
  const own = inputs === null ? {} : { inputs, names: inputs.map(({ name }) => name) };
  return { ...found, ...own, width, classes: found.classes ?? classes ?? undefined };
}
