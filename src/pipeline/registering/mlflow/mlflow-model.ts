import { readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { InputError } from '../../../common/errors.js';
import { commandText } from '../../../project/commands.js';
import { modelInFile, type FoundModel, type NamedModel } from '../found-model.js';
import { modelInFolder } from '../packed-model.js';
import { mlModelIn, type MlModel } from './ml-model.js';
import { fromRegistry } from './server.js';

/** Flavours whose files are read here, if they are no pickle. */
const own = ['lightgbm', 'xgboost', 'onnx'];

/**
 * A model of MLflow's: a folder with `MLmodel`, or one of a registry. A flavour that is read here is; every other goes by
 * MLflow's own scoring server, which is said.
 * @throws InputError naming what is missing or wrong
 */
export async function mlflowModel(uri: string, scratch: string, signal: AbortSignal): Promise<NamedModel> {
  const isFolder = (await stat(resolve(uri)).catch(() => undefined))?.isDirectory() === true;
  const { MLFLOW_TRACKING_URI: tracking } = process.env;
  const found = isFolder ? undefined : await fromRegistry(uri, tracking, join(scratch, 'mlflow'), signal);
  const folder = found?.folder ?? resolve(uri);
  const text = await readFile(join(folder, 'MLmodel'), 'utf8').catch((error: unknown) => {
    throw new InputError(`${uri}: found no MLmodel in it, expected a model of MLflow's`, { cause: error });
  });
  const about = mlModelIn(text, `${uri}: MLmodel`);
  const name = found?.name ?? basename(folder);
  const served = found === undefined ? folder : `models:/${found.name}/${found.version}`;
  // A bundle of ours knows more than any flavour: what is done to the rows before.
  const model = (await modelInFolder(folder)) ?? (await ownFlavour(folder, about)) ?? byServer(served, about);
  return { ...withColumns(model, about), name, origin: found === undefined ? `mlflow ${name}` : `mlflow ${served}` };
}

/** undefined: none of its flavours is one that is read here, or it is stored as a pickle. */
async function ownFlavour(folder: string, { flavors }: MlModel): Promise<FoundModel | undefined> {
  for (const name of own) {
    const { data } = flavors[name] ?? {};
    if (data === undefined || /\.(pkl|pickle|joblib|skops)$/.test(data)) continue;
    const path = resolve(folder, data);
    if (!path.startsWith(`${folder}/`)) throw new InputError(`MLmodel: found the file ${data}, expected one beside it`);
    const within = (await stat(path)).isDirectory() ? join(path, `model.${name === 'onnx' ? 'onnx' : 'txt'}`) : path;
    return modelInFile(within);
  }
  return undefined;
}

function byServer(served: string, { flavors }: MlModel): FoundModel {
  const command = [
    'mlflow',
    'models',
    'serve',
    '-m',
    served,
    '-h',
    '127.0.0.1',
    '-p',
    '%port%',
    '--env-manager',
    'local',
  ];
  const names = Object.keys(flavors).filter((name) => name !== 'python_function');
  return {
    family: `mlflow-${names[0] ?? 'python_function'}`,
    model: { kind: 'command', command, request: 'mlflow' },
    ...{ names: null, width: null, tasks: null, threshold: 0.5, metadata: {} },
    notes: [
      `the flavour ${names.join(', ') || 'python_function'} is not read here: it goes by the command ${commandText(command)}`,
    ],
  };
}

/** The signature names the columns where the model's own file does not, and tells their types. */
function withColumns(found: FoundModel, { columns }: MlModel): FoundModel {
  if (columns === undefined) return found;
  const inputs = columns.map(({ name, type }) => ({ name, type: type ?? ('number' as const) }));
  return found.names === null ? { ...found, names: columns.map(({ name }) => name), inputs } : { ...found, inputs };
}
