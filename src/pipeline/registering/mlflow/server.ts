import { mkdir } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '../../../common/errors.js';
import { isLoopback } from '../../../project/endpoint-url.js';
import { mlflowRest, type MlflowRest, type RestLimits } from '../../mlflow/rest.js';
import { servedPath } from '../../mlflow/served-path.js';
import { trackingServer } from '../../mlflow/tracking-server.js';

const modelUri = /^models:\/([^/@]+)(?:@([^/@]+)|\/(\d+))$/;

/** A model version in a registry of MLflow's. */
export interface RegistryModel {
  name: string;
  version: string;
  /** A folder of this machine that has its files. */
  folder: string;
}

/**
 * Brings a model of a registry into a folder, over MLflow's REST API.
 * @param tracking the server's URL, `MLFLOW_TRACKING_URI`
 * @throws InputError for a URI of another form, BrokenError with what the server answered
 */
export async function fromRegistry(
  uri: string,
  tracking: string | undefined,
  target: string,
  signal: AbortSignal,
  limits?: RestLimits,
): Promise<RegistryModel> {
  const [, name, alias, number] = modelUri.exec(uri) ?? [];
  if (name === undefined)
    throw new InputError(
      `--mlflow: found ${uri}, expected models:/NAME@ALIAS, models:/NAME/VERSION, or a folder with MLmodel`,
    );
  const at = trackingServer(tracking);
  if (at === undefined)
    throw new InputError(
      `--mlflow: found ${tracking ?? 'no MLFLOW_TRACKING_URI'}, expected the URL of an MLflow server in MLFLOW_TRACKING_URI`,
    );
  const server = mlflowRest(at, signal, limits);
  const asked = new URLSearchParams(alias === undefined ? { name, version: number! } : { name, alias });
  const path = alias === undefined ? 'model-versions/get' : 'registered-models/alias';
  const { model_version: found } = await server.json<{ model_version?: { version?: unknown } }>(`${path}?${asked}`);
  const version = textIn(found?.version, 'version');
  if (!/^\d+$/.test(version)) throw new InputError(`MLflow: found version ${version}, expected a number`);
  const place = await server.json<{ artifact_uri?: unknown }>(
    `model-versions/get-download-uri?${new URLSearchParams({ name, version })}`,
  );
  const isOwn = isLoopback(new URL(at.base));
  const folder = await broughtFrom(textIn(place.artifact_uri, 'artifact_uri'), { server, target, isOwn });
  return { name, version, folder };
}

function textIn(value: unknown, what: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new InputError(`MLflow: found ${JSON.stringify(value) ?? 'nothing'} as ${what}, expected a text`);
}

interface Place {
  server: MlflowRest;
  target: string;
  /** Whether the server runs on this machine, so that a folder it names is one of this machine that it knows. */
  isOwn: boolean;
}

/** @param logged whether the files may be those of a logged model, which has no logged model in its turn */
async function broughtFrom(uri: string, place: Place, logged = true): Promise<string> {
  const { server, target } = place;
  const local = localFolder(uri);
  if (local !== undefined) {
    // Another machine knows nothing of this one's folders: what it names would be whatever happens to lie here.
    if (place.isOwn) return local;
    throw new InputError(
      `--mlflow: found the folder ${local}, which a server on another machine names, expected one that hands its files out; ` +
        'if it is the same folder here, give it: --mlflow FOLDER',
    );
  }
  const served = servedPath(uri);
  if (served !== undefined) {
    await bring(server, served, target);
    return target;
  }
  // A logged model has files of its own.
  const id = logged ? /^models:\/(m-[\w-]+)$/.exec(uri)?.[1] : undefined;
  if (id === undefined)
    throw new InputError(
      `--mlflow: found files in ${uri}, expected a server that hands them out; fetch them, and give their folder`,
    );
  const { model } = await server.json<{ model?: { info?: { artifact_uri?: unknown } } }>(`logged-models/${id}`);
  return broughtFrom(textIn(model?.info?.artifact_uri, 'artifact_uri'), place, false);
}

function localFolder(uri: string): string | undefined {
  if (uri.startsWith('/')) return uri;
  if (!uri.startsWith('file:')) return undefined;
  try {
    return fileURLToPath(uri);
  } catch (error) {
    throw new InputError(`--mlflow: found files in ${uri}, expected a folder of this machine`, { cause: error });
  }
}

/** At most so many files make a model, in folders so deep. */
const mostFiles = 1000;
const deepest = 20;

async function bring(server: MlflowRest, path: string, target: string, count = { files: 0 }, depth = 0): Promise<void> {
  const { files = [] } = await server.artifacts(path);
  for (const { path: name, is_dir: isFolder } of files) {
    const local = normalize(textIn(name, 'path'));
    if (/^(\.$|\.\.([/\\]|$)|[/\\])/.test(local) || (count.files += 1) > mostFiles || depth > deepest)
      throw new InputError(`MLflow: found the file ${name}, expected up to ${mostFiles} below the model's folder`);
    if (isFolder) await bring(server, `${path}/${local}`, join(target, local), count, depth + 1);
    else {
      await mkdir(dirname(join(target, local)), { recursive: true });
      await server.artifact(`${path}/${local}`, join(target, local));
    }
  }
}
