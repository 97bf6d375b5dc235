import { join } from 'node:path';
import type { Command } from 'commander';
import { InputError } from '../../common/errors.js';
import { oneOf } from '../../common/nearest.js';
import { jobNames, jobVariables, type JobName } from '../../documents/job.js';
import { readLayout } from '../../pipeline/jobs/layout.js';
import { withHyperparameters } from '../../pipeline/jobs/hyperparameters.js';
import { optionsOf, withParameters } from '../../pipeline/jobs/parameters.js';
import { writeFailure } from '../../pipeline/jobs/results.js';
import { runJob } from '../../pipeline/jobs/run-job.js';
import { loadProject } from '../../project/load.js';
import type { Act } from '../command-runner.js';
import type { CliServices } from '../context.js';
import type { Output } from '../output.js';
import { progressPrinter } from '../progress.js';
import { containerRoot } from './serve.js';

export function addJob(program: Command, services: CliServices, act: Act): void {
  program
    .command('job')
    .argument('<name>', `which: ${jobNames.join(', ')}`)
    .option('--root <dir>', "a SageMaker container's files", containerRoot)
    .description('run a stage as the entry point of the container image')
    .action(
      act.lasting(async (output, [name], flags, signal) => {
        const root = flags.root as string;
        try {
          await job(services, known(name as string), root, output, signal);
        } catch (error) {
          await writeFailure({ output: join(root, 'output') }, error);
          throw error;
        }
      }),
    );
}

function known(name: string): JobName {
  if ((jobNames as readonly string[]).includes(name)) return name as JobName;
  throw new InputError(`job: found "${name}", expected ${oneOf(name, jobNames)}`);
}

async function job(
  services: CliServices,
  name: JobName,
  root: string,
  output: Output,
  signal: AbortSignal,
): Promise<void> {
  const layout = await readLayout(root, process.env);
  const loaded = withParameters(await loadProject(layout.project), process.env);
  const project = withHyperparameters(loaded.project, layout.hyperparameters);
  const environment = await services.openEnvironment(project, loaded.environment, {
    // Who starts the container names the environment, whose role and credentials are all that it has.
    allowed: () => [loaded.environment],
    inContainer: true,
  });
  const runId = process.env[jobVariables.run];
  const options = optionsOf(process.env);
  const emit = progressPrinter(output);
  await runJob({ name, project, environment, layout, options, runId, signal, emit });
}
