import { availableParallelism } from 'node:os';
import { dataConfig, resources, textsOf, type ProgramLayout } from './layout.js';

export interface ToldProgram {
  layout: ProgramLayout;
  channels: readonly string[];
  hyperparameters: Record<string, unknown>;
  contentType: string;
  /** The command's own script, as far as one is named. */
  entryPoint: string | undefined;
  folder: string;
}

/**
 * What a training program is told, by the names of SageMaker's training toolkit
 * (https://github.com/aws/sagemaker-training-toolkit, ENVIRONMENT_VARIABLES.md).
 */
export function programVariables(told: ToldProgram): Record<string, string> {
  const { layout, channels, hyperparameters, contentType, entryPoint, folder } = told;
  const [cpus, gpus] = [availableParallelism(), 0];
  const env = {
    ...{ channel_input_dirs: Object.fromEntries(channels.map((name) => [name, layout.channel(name)])) },
    ...{ hyperparameters, input_data_config: dataConfig(channels, contentType), resource_config: resources },
    ...{ model_dir: layout.model, output_dir: layout.output, output_data_dir: layout.outputData },
    ...{ input_dir: layout.input, input_config_dir: layout.config, num_cpus: cpus, num_gpus: gpus },
    ...{ current_host: resources.current_host, hosts: resources.hosts, user_entry_point: entryPoint },
  };
  return {
    SM_MODEL_DIR: layout.model,
    SM_INPUT_DIR: layout.input,
    SM_INPUT_CONFIG_DIR: layout.config,
    SM_OUTPUT_DIR: layout.output,
    SM_OUTPUT_DATA_DIR: layout.outputData,
    SM_OUTPUT_INTERMEDIATE_DIR: layout.intermediate,
    SM_CHANNELS: JSON.stringify(channels),
    ...named('SM_CHANNEL_', env.channel_input_dirs),
    SM_HPS: JSON.stringify(hyperparameters),
    ...named('SM_HP_', textsOf(hyperparameters)),
    SM_NUM_CPUS: String(cpus),
    SM_NUM_GPUS: String(gpus),
    SM_NUM_NEURONS: '0',
    SM_CURRENT_HOST: resources.current_host,
    SM_HOSTS: JSON.stringify(resources.hosts),
    SM_NETWORK_INTERFACE_NAME: resources.network_interface_name,
    SM_INPUT_DATA_CONFIG: JSON.stringify(env.input_data_config),
    SM_RESOURCE_CONFIG: JSON.stringify(resources),
    SM_TRAINING_ENV: JSON.stringify(env),
    SM_MODULE_DIR: folder,
    SM_LOG_LEVEL: '20',
    ...(entryPoint === undefined ? {} : { SM_USER_ENTRY_POINT: entryPoint }),
    // Its lines are shown as they come.
    PYTHONUNBUFFERED: '1',
  };
}

const named = (prefix: string, values: Record<string, string>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [prefix + name.toUpperCase(), value]));
