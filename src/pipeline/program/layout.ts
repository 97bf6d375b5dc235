import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where a training program finds its input and leaves its model: `/opt/ml` of SageMaker's training containers. */
export interface ProgramLayout {
  root: string;
  input: string;
  config: string;
  channel: (name: string) => string;
  model: string;
  output: string;
  outputData: string;
  intermediate: string;
}

export function layoutIn(root: string): ProgramLayout {
  const [input, output] = [join(root, 'input'), join(root, 'output')];
  return {
    root,
    input,
    config: join(input, 'config'),
    channel: (name) => join(input, 'data', name),
    model: join(root, 'model'),
    output,
    outputData: join(output, 'data'),
    intermediate: join(output, 'intermediate'),
  };
}

/** Makes the folders, and the files of `input/config` as SageMaker writes them: hyperparameters are texts. */
export async function makeLayout(
  layout: ProgramLayout,
  channels: readonly string[],
  hyperparameters: Record<string, unknown>,
  contentType: string,
): Promise<void> {
  const { config, model, outputData, intermediate, channel } = layout;
  for (const folder of [config, model, outputData, intermediate, ...channels.map(channel)])
    await mkdir(folder, { recursive: true });
  const write = (name: string, value: unknown) => writeFile(join(config, name), JSON.stringify(value));
  await write('hyperparameters.json', textsOf(hyperparameters));
  await write('inputdataconfig.json', dataConfig(channels, contentType));
  await write('resourceconfig.json', resources);
}

export const resources = { current_host: 'algo-1', hosts: ['algo-1'], network_interface_name: 'lo' };

export const dataConfig = (channels: readonly string[], contentType: string) =>
  Object.fromEntries(
    channels.map((name) => [
      name,
      { ContentType: contentType, TrainingInputMode: 'File', S3DistributionType: 'FullyReplicated' },
    ]),
  );

/** A text as it is, anything else as JSON. */
export function textsOf(values: Record<string, unknown>): Record<string, string> {
  const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, text(value)]));
}
