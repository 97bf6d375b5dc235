import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { InputError } from '../../common/errors.js';
import { codeOf, fileError } from '../../common/files.js';
import { firstProblem } from '../../common/schema-words.js';

/** Where a job finds and leaves its files: SageMaker's contract for training or for processing containers. */
export interface JobLayout {
  root: string;
  kind: 'training' | 'processing';
  /** Unique in the account; the same on every host. */
  jobName: string;
  host: { index: number; count: number };
  /** Of a training job, as they came: all values are texts. */
  hyperparameters: Record<string, string>;
  /** Holds `mlops.json`. */
  project: string;
  /** A training job's model goes here; the platform packs it. */
  model: string;
  /** A processing job's outputs, one folder each. */
  outputs: string;
  /** The reason of a failure goes into `failure` here, and for processing jobs into `message`. */
  output: string;
}

const resourceSchema = z.looseObject({ current_host: z.string(), hosts: z.array(z.string()).min(1) });
const processingSchema = z.looseObject({ ProcessingJobName: z.string().optional() });
const hyperparametersSchema = z.record(z.string(), z.string());

/**
 * Reads the layout below `root` (`/opt/ml` in a container). A training container has `input/config/`, a processing
 * container `config/`.
 * @throws InputError naming the file that is missing or is not what it should be
 */
export async function readLayout(root: string, variables: NodeJS.ProcessEnv): Promise<JobLayout> {
  const training = join(root, 'input', 'config');
  const processing = join(root, 'config');
  const ofTraining = await read(join(training, 'resourceconfig.json'), resourceSchema);
  const output = join(root, 'output');
  const shared = { root, output, model: join(root, 'model'), outputs: join(root, 'processing', 'output') };
  if (ofTraining !== undefined) {
    const hyperparameters = await read(join(training, 'hyperparameters.json'), hyperparametersSchema);
    const project = join(root, 'input', 'data', 'project');
    await mustHave(join(project, 'mlops.json'), await channelsIn(training));
    const jobName = variables.TRAINING_JOB_NAME ?? 'training';
    return {
      kind: 'training',
      jobName,
      host: hostOf(ofTraining),
      hyperparameters: hyperparameters ?? {},
      project,
      ...shared,
    };
  }
  const resources = await read(join(processing, 'resourceconfig.json'), resourceSchema);
  if (resources === undefined) {
    const places = `${training}/ (training) or ${processing}/ (processing)`;
    throw new InputError(
      `job: found no resourceconfig.json in ${places}, expected the layout of a SageMaker container`,
    );
  }
  const config = await read(join(processing, 'processingjobconfig.json'), processingSchema);
  const project = join(root, 'processing', 'input', 'project');
  await mustHave(join(project, 'mlops.json'), 'the processing input "project"');
  const jobName = config?.ProcessingJobName ?? 'processing';
  return { kind: 'processing', jobName, host: hostOf(resources), hyperparameters: {}, project, ...shared };
}

function hostOf({ current_host, hosts }: z.infer<typeof resourceSchema>): JobLayout['host'] {
  const index = [...hosts].sort().indexOf(current_host);
  if (index >= 0) return { index, count: hosts.length };
  throw new InputError(`resourceconfig.json: found current_host ${current_host}, expected one of ${hosts.join(', ')}`);
}

async function channelsIn(folder: string): Promise<string> {
  const channels = await read(join(folder, 'inputdataconfig.json'), z.record(z.string(), z.unknown()));
  const names = Object.keys(channels ?? {});
  return `the channel "project"; inputdataconfig.json has ${names.length === 0 ? 'none' : names.join(', ')}`;
}

async function mustHave(path: string, expected: string): Promise<void> {
  if ((await textOf(path)) === undefined) throw new InputError(`job: found no ${path}, expected ${expected}`);
}

async function read<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.infer<Schema> | undefined> {
  const text = await textOf(path);
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new InputError(`${path}: not JSON`, { cause: error });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new InputError(`${path}: ${firstProblem(parsed.error, value)}`);
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw fileError('read', path, error);
  }
}
