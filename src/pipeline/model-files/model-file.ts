import { readdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { InputError, messageOf } from '../../common/errors.js';
import { writeAtomic } from '../../common/files.js';
import type { Bundle } from '../../models/bundle/bundle.js';
import {
  BUNDLE_FILES,
  bundleFiles,
  LINEAR_FILE,
  METADATA_FILE,
  openBundle,
  TREES_FILE,
} from '../../models/bundle/bundle-files.js';
import { textOf, type Body } from '../../models/bundle/formats/format.js';
import { ownModel } from '../../models/bundle/outside-model.js';
import type { LinearModel } from '../../models/linear/linear-model.js';
import { readLightGbm } from '../../models/lightgbm-text/read-model.js';
import type { TreeModel } from '../../models/trees/tree-model.js';
import { isXgboost } from '../../models/xgboost/is-xgboost.js';
import { readXgboost } from '../../models/xgboost/read-model.js';
import { writeLightGbm } from '../../models/lightgbm-text/write-model.js';
import { filesInTar, isGzip } from './archive-files.js';
import { tarOf } from './artifact.js';
import { bytesOf } from './read-parameters.js';

/** A model in a file: trees in LightGBM's text format alone, or a bundle with what must be done to the rows before. */
export interface ModelFile {
  model: TreeModel | LinearModel;
  bundle: Bundle | null;
}

/**
 * Opens a model: LightGBM's text, XGBoost's JSON or UBJ; or a bundle as a folder of its files, as `.tar.gz` of them, or as one JSON file.
 * @throws InputError naming the file, and the line or key where it is wrong
 */
export async function readModelFile(file: string): Promise<ModelFile> {
  if ((await stat(file).catch(() => undefined))?.isDirectory()) return opened(file, await filesIn(file));
  const bytes = await bytesOf(file, 'a model');
  if (isGzip(bytes)) return modelInTar(file, bytes);
  if (isXgboost(bytes)) return { model: readXgboost(bytes, file).model, bundle: null };
  const body = bytes.toString('utf8');
  return body.trimStart().startsWith('{')
    ? opened(file, filesInJson(file, body))
    : { model: readLightGbm(body, file), bundle: null };
}

function opened(file: string, files: Record<string, Body>): ModelFile {
  try {
    const bundle = openBundle(files);
    return { model: ownModel(bundle), bundle };
  } catch (error) {
    throw error instanceof InputError ? new InputError(`${file}: ${error.message}`, { cause: error }) : error;
  }
}

const parts = [TREES_FILE, LINEAR_FILE, METADATA_FILE];

async function filesIn(folder: string): Promise<Record<string, Body>> {
  const names = (await readdir(folder)).filter((name) => BUNDLE_FILES.includes(name));
  const entries = names.map(async (name) => [name, await bytesOf(join(folder, name), 'a model')] as const);
  return Object.fromEntries(await Promise.all(entries));
}

/** A bundle in an archive; or, as SageMaker has it, a model of LightGBM or XGBoost alone under whatever name. */
async function modelInTar(file: string, bytes: Buffer): Promise<ModelFile> {
  const found = await filesInTar(file, bytes);
  const names = Object.keys(found);
  if (names.some((name) => parts.includes(name))) return opened(file, found);
  const models = names.filter((name) => isXgboost(found[name]!) || isLightGbm(found[name]!));
  const [name, second] = models;
  if (second !== undefined) throw new InputError(`${file}: found several models: ${models.join(', ')}, expected one`);
  if (name === undefined)
    throw new InputError(
      `${file}: found ${names.join(', ') || 'nothing'}, expected a model of LightGBM (text) or XGBoost (JSON, UBJ), or ${METADATA_FILE} beside one`,
    );
  const [body, place] = [found[name]!, `${file}: ${name}`];
  const model = isXgboost(body) ? readXgboost(body, place).model : readLightGbm(body.toString('utf8'), place);
  return { model, bundle: null };
}

const isLightGbm = (body: Buffer): boolean => /^tree\r?\nversion=/.test(body.toString('latin1', 0, 20));

/** One JSON file: the metadata, and the model under `model`, trees as their text. */
function filesInJson(file: string, body: string): Record<string, string> {
  let value: { model?: unknown; kind?: unknown };
  try {
    value = JSON.parse(body) as typeof value;
  } catch (error) {
    throw new InputError(`${file}: ${messageOf(error)}, expected a model`, { cause: error });
  }
  const { model, ...metadata } = value;
  if (value.kind !== 'model-bundle' || model === undefined)
    throw new InputError(
      `${file}: found JSON of kind ${JSON.stringify(value.kind)}, expected a "model-bundle" with "model"`,
    );
  const trees = typeof model === 'string';
  return {
    [METADATA_FILE]: JSON.stringify(metadata),
    [trees ? TREES_FILE : LINEAR_FILE]: trees ? model : JSON.stringify(model),
  };
}

/** Whether a path asks for a bundle: `.json`, `.tar.gz`, or a folder, which ends in a slash or is there already. */
export async function asksForBundle(out: string): Promise<boolean> {
  return /\.(json|tar\.gz|tgz)$|[/\\]$/.test(out) || ((await stat(out).catch(() => undefined))?.isDirectory() ?? false);
}

/** Trees alone, in LightGBM's text format. */
export async function writeTrees(out: string, model: TreeModel): Promise<void> {
  await write(out, writeLightGbm(model));
}

/** Model and preprocessing as one artifact: a folder, a `.tar.gz`, else one JSON file. The same bundle, the same bytes. */
export async function writeBundle(out: string, bundle: Bundle): Promise<void> {
  const files = bundleFiles(bundle);
  if (/\.(tar\.gz|tgz)$/.test(out)) return write(out, (await tarOf(files)).bytes);
  if (!out.endsWith('.json') && (await asksForBundle(out))) {
    for (const [name, body] of Object.entries(files)) await write(join(out, name), body);
    return;
  }
  const metadata = JSON.parse(textOf(files[METADATA_FILE]!)) as object;
  const model: unknown = files[TREES_FILE] ?? JSON.parse(textOf(files[LINEAR_FILE]!));
  await write(out, `${JSON.stringify({ ...metadata, model }, null, 2)}\n`);
}

async function write(out: string, body: Body): Promise<void> {
  const path = resolve(out);
  await writeAtomic(path, body, { temporary: dirname(path) });
}
