import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { InputError, WrongInput } from '../../common/errors.js';
import { codeOf } from '../../common/files.js';
import { BUNDLE_FILES, LINEAR_FILE, METADATA_FILE, openBundle, TREES_FILE } from '../../models/bundle/bundle-files.js';
import { filesInTar } from '../model-files/archive-files.js';
import { modelInBytes, type FoundModel } from './found-model.js';
import { refuseForeign, ways } from './refuse-foreign.js';

/** Of SageMaker's own XGBoost, and what training scripts call theirs. */
const modelNames = /^xgboost-model(-\d+)?$|\.(ubj|onnx|txt|json|model|bst)$/i;

/**
 * The model in a `model.tar.gz`, as SageMaker packs them: a bundle of ours, or one file of a format that is read here.
 * @throws WrongInput naming the file within, and the two ways to bring what is not read
 */
export async function modelInArchive(
  bytes: Uint8Array,
  file: string,
  rounds: [number, number] | undefined,
): Promise<FoundModel> {
  const files = await filesInTar(file, bytes);
  // A model under the name that ours has, without its metadata, may be one without its preprocessing.
  if ([METADATA_FILE, TREES_FILE, LINEAR_FILE].some((name) => files[name] !== undefined)) return ofBundle(files, file);
  const names = Object.keys(files).sort();
  const models = names.filter((name) => modelNames.test(name));
  const read = models.flatMap((name) => {
    try {
      return [{ name, found: modelInBytes(files[name]!, `${file}: ${name}`, rounds) }];
    } catch (error) {
      // Something beside it, such as a signature in JSON; what is called like SageMaker's model is meant to be one.
      if (error instanceof WrongInput && names.length > 1 && !name.startsWith('xgboost-model')) return [];
      throw error;
    }
  });
  const [one, second] = read;
  if (second !== undefined)
    throw new InputError(`${file}: found ${read.map(({ name }) => name).join(' and ')}, expected one model`);
  if (one !== undefined) return one.found;
  for (const name of names) refuseForeign(`${file}: ${name}`, files[name]!);
  throw new WrongInput({ file, found: names.join(', ') || 'nothing', expected: `in it: ${ways}` });
}

/** A bundle of ours as a folder of its files. undefined: it is none. */
export async function modelInFolder(folder: string): Promise<FoundModel | undefined> {
  const files: Record<string, Uint8Array> = {};
  for (const name of BUNDLE_FILES) {
    const bytes = await readFile(join(folder, name)).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    });
    if (bytes !== undefined) files[name] = bytes;
  }
  return files[METADATA_FILE] === undefined ? undefined : ofBundle(files, basename(folder));
}

/** With its preprocessing, its columns and its threshold, as it was. */
function ofBundle(files: Record<string, Uint8Array>, file: string): FoundModel {
  try {
    const { family, model, source, inputs, task, classes, threshold, preprocessing, metadata } = openBundle(files);
    return {
      ...{ family, model, source, inputs, preprocessing, metadata },
      ...{ names: inputs.map(({ name }) => name), width: inputs.length, tasks: [task], notes: [] },
      ...(classes && { classes }),
      threshold: threshold ?? 0.5,
    };
  } catch (error) {
    throw error instanceof InputError ? new InputError(`${file}: ${error.message}`, { cause: error }) : error;
  }
}
