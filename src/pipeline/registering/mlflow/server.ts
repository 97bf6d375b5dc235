import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BrokenError, InputError } from '../../../common/errors.js';

const modelUri = /^models:\/([^/@]+)(?:@([^/@]+)|\/(\d+))$/;

/** A model version in a registry of MLflow's. */
export interface RegistryModel {
  name: string;
  version: string;
  /** A folder of this machine that has its files. */
  folder: string;
}

interface Version {
  name: string;
  version: string;
  source?: string;
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
): Promise<RegistryModel> {
  const [, name, alias, number] = modelUri.exec(uri) ?? [];
  if (name === undefined)
    throw new InputError(
      `--mlflow: found ${uri}, expected models:/NAME@ALIAS, models:/NAME/VERSION, or a folder with MLmodel`,
    );
  if (tracking === undefined || !/^https?:\/\//.test(tracking))
    throw new InputError(
      `--mlflow: found ${tracking ?? 'no MLFLOW_TRACKING_URI'}, expected the URL of an MLflow server in MLFLOW_TRACKING_URI`,
    );
  const server = serverOf(tracking, signal);
  const asked = new URLSearchParams(alias === undefined ? { name, version: number! } : { name, alias });
  const path = alias === undefined ? 'model-versions/get' : 'registered-models/alias';
  const { model_version: found } = await server.json<{ model_version: Version }>(`${path}?${asked}`);
  const place = await server.json<{ artifact_uri: string }>(
    `model-versions/get-download-uri?${new URLSearchParams({ name, version: found.version })}`,
  );
  const folder = await broughtFrom(place.artifact_uri, server, target);
  return { name, version: found.version, folder };
}

type Server = ReturnType<typeof serverOf>;

function serverOf(tracking: string, signal: AbortSignal) {
  const base = tracking.replace(/\/+$/, '');
  const get = async (path: string) => {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(60_000)]);
    const response = await fetch(`${base}/api/2.0/${path}`, { signal: limit }).catch((error: unknown) => {
      signal.throwIfAborted();
      throw new BrokenError(`MLflow does not answer at ${base}`, { cause: error });
    });
    if (response.ok) return response;
    throw new BrokenError(`MLflow answered ${response.status} to ${path}: ${(await response.text()).slice(0, 300)}`);
  };
  return {
    json: async <Answer>(path: string) => (await (await get(`mlflow/${path}`)).json()) as Answer,
    artifacts: async (path: string) =>
      (await (await get(`mlflow-artifacts/artifacts?${new URLSearchParams({ path })}`)).json()) as {
        files?: { path: string; is_dir: boolean }[];
      },
    artifact: async (path: string) =>
      new Uint8Array(
        await (
          await get(`mlflow-artifacts/artifacts/${path.split('/').map(encodeURIComponent).join('/')}`)
        ).arrayBuffer(),
      ),
  };
}

/** @param logged whether the files may be those of a logged model, which has no logged model in its turn */
async function broughtFrom(uri: string, server: Server, target: string, logged = true): Promise<string> {
  if (uri.startsWith('file://')) return fileURLToPath(uri);
  if (uri.startsWith('/')) return uri;
  const served = /^mlflow-artifacts:\/{1,2}(?:[^/]*\/)?(.+)$/.exec(
    uri.replace(/^mlflow-artifacts:\/(?!\/)/, 'mlflow-artifacts://x/'),
  )?.[1];
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
  const { model } = await server.json<{ model: { info: { artifact_uri: string } } }>(`logged-models/${id}`);
  return broughtFrom(model.info.artifact_uri, server, target, false);
}

/** At most so many files make a model. */
const mostFiles = 1000;

async function bring(server: Server, path: string, target: string, count = { files: 0 }): Promise<void> {
  const { files = [] } = await server.artifacts(path);
  for (const { path: name, is_dir: isFolder } of files) {
    const local = normalize(name);
    if (local.startsWith('..') || local.startsWith('/') || (count.files += 1) > mostFiles)
      throw new InputError(`MLflow: found the file ${name}, expected up to ${mostFiles} below the model's folder`);
    if (isFolder) await bring(server, `${path}/${local}`, join(target, local), count);
    else {
      await mkdir(dirname(join(target, local)), { recursive: true });
      await writeFile(join(target, local), await server.artifact(`${path}/${local}`));
    }
  }
}
