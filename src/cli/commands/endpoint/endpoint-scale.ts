import type { Command } from 'commander';
import { scaleEndpoint } from '../../../operations/endpoints/scale.js';
import type { Act } from '../../command-runner.js';
import { wholeNumber } from '../../file-arguments.js';
import { perform } from '../../perform.js';

/** `mlops endpoint scale`: more or fewer machines behind an endpoint in an account. */
export function addEndpointScale(endpoint: Command, act: Act): void {
  endpoint
    .command('scale')
    .argument('<name>', 'of the endpoint')
    .requiredOption('--instances <n>', 'machines that shall serve each variant', wholeNumber)
    .option('--variant <name>', 'only this one')
    .description('more or fewer machines, in an account; stop is what ends the cost')
    .action(
      act(async (workspace, [name], { instances, variant, ...flags }) => {
        const wish = { name: name as string, instances: instances as number, variant: variant as string | undefined };
        const done = await perform(workspace, scaleEndpoint, wish, flags);
        workspace.output.result(done, () =>
          done.scaled.map((one) => `${done.name} ${one.variant}: ${one.from} -> ${one.to} machines`),
        );
      }),
    );
}
