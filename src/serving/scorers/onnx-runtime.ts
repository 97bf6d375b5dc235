import { createRequire } from 'node:module';
import { join } from 'node:path';
import { MissingPackage } from '../../common/errors.js';
import { shellWord } from '../../common/processes/shell-word.js';

/** The only runtime that comes from npm whole: onnxruntime-node fetches more while it is installed. */
const name = 'onnxruntime-web';
const known = '1.30.0';

/** As much of the library as is used here. */
export interface OnnxRuntime {
  InferenceSession: { create(bytes: Uint8Array, options?: object): Promise<OnnxSession> };
  Tensor: new (type: string, data: unknown, dims: number[]) => OnnxTensor;
  env: { wasm: { numThreads?: number }; logLevel?: string };
}

export interface OnnxTensor {
  type: string;
  dims: readonly number[];
  data: ArrayLike<number | bigint | string>;
}

interface Described {
  name: string;
  isTensor: boolean;
  type?: string;
  shape?: readonly (number | string)[];
}

export interface OnnxSession {
  inputMetadata: readonly Described[];
  outputMetadata: readonly Described[];
  run(feeds: Record<string, OnnxTensor>, outputs: string[]): Promise<Record<string, OnnxTensor>>;
  release(): Promise<void>;
}

let loaded: OnnxRuntime | undefined;

/**
 * The library, from beside this program or from the user's own folder of packages; never from a project, whose code
 * would run with it.
 * @throws MissingPackage with the command that installs it
 */
export function onnxRuntime(packages: string): OnnxRuntime {
  loaded ??= load(packages);
  return loaded;
}

function load(packages: string): OnnxRuntime {
  for (const from of [process.argv[1], join(packages, 'packages.js')].filter((one) => one !== undefined)) {
    const require = createRequire(from);
    let path: string;
    try {
      path = require.resolve(name);
    } catch {
      continue;
    }
    const runtime = require(path) as OnnxRuntime;
    runtime.env.wasm.numThreads = 1;
    runtime.env.logLevel = 'error';
    return runtime;
  }
  throw new MissingPackage(name, `npm install --prefix ${shellWord(packages)} ${name}@${known}`);
}
