import { basename, resolve } from 'node:path';
import { onnxFacts } from '../../serving/scorers/onnx-scorer.js';
import { userPackages } from '../../platform/permissions/user-file.js';
import type { StageContext } from '../stage.js';
import { modelInFile, type FoundModel, type NamedModel } from './found-model.js';
import { mlflowModel } from './mlflow/mlflow-model.js';
import type { RegisterWish } from './wish.js';
import { modelByCommand } from './serving-command.js';

/** Opens what is to be registered. @throws what the format's reader throws, with file and place */
export async function findModel(context: StageContext, { from }: Pick<RegisterWish, 'from'>): Promise<NamedModel> {
  if (from.kind === 'command')
    return { ...modelByCommand(from.text, from.request), name: 'serving-command', origin: from.text };
  if (from.kind === 'mlflow') return withOnnxFacts(await mlflowModel(from.uri, context.scratch, context.signal));
  const found = await modelInFile(resolve(from.path), from.rounds);
  const file = basename(from.path);
  return withOnnxFacts({ ...found, name: file.replace(/\.[^.]+$/, ''), origin: file });
}

/** An ONNX model tells of itself to its runtime. */
export async function withOnnxFacts<Found extends FoundModel>(found: Found): Promise<Found> {
  if (found.model.kind !== 'onnx') return found;
  const { inputs, width, classes } = await onnxFacts(found.model, userPackages());
  const own = inputs === null ? {} : { inputs, names: inputs.map(({ name }) => name) };
  return { ...found, ...own, width, classes: found.classes ?? classes ?? undefined };
}
