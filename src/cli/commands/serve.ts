import type { Command } from 'commander';
import { InputError } from '../../common/errors.js';
import { jobVariables } from '../../documents/job.js';
import { serveContainer } from '../../serving/serve-container.js';
import type { Act } from '../command-runner.js';

/** Where SageMaker mounts what a container works with. */
export const containerRoot = '/opt/ml';

export function addServe(program: Command, act: Act): void {
  program
    .command('serve')
    .option('--container', 'as a container: all interfaces, no token, the model of --root')
    .option('--root <dir>', 'holds model/, the unpacked artifact', containerRoot)
    .description('serve a model as the entry point of the container image')
    .action(
      act.lasting(async (output, _args, flags, signal) => {
        if (flags.container !== true)
          throw new InputError('serve: expected --container; endpoints on this machine are made by: mlops deploy');
        const log = (text: string) => output.note(`${new Date().toISOString()} ${text}`);
        const { [jobVariables.endpoint]: endpoint } = process.env;
        await serveContainer({ root: flags.root as string, endpoint, port: portOf(process.env), signal, log });
      }),
    );
}

/** @throws InputError when the variable holds no port */
function portOf({ SAGEMAKER_BIND_TO_PORT: text = '8080' }: NodeJS.ProcessEnv): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw new InputError(`SAGEMAKER_BIND_TO_PORT: found "${text}", expected a port`);
}
