import type { Command } from 'commander';
import { adoptEndpoint } from '../../../operations/endpoints/adopt.js';
import type { Act } from '../../command-runner.js';
import { perform } from '../../perform.js';

/** `mlops endpoint adopt`: the only way by which releases may go to an endpoint that others made. */
export function addEndpointAdopt(endpoint: Command, act: Act): void {
  endpoint
    .command('adopt')
    .argument('<name>', 'of the endpoint')
    .description(
      "mark an endpoint that others made as the project's: deploy may release into it; cleanup gives it back",
    )
    .action(
      act(async (workspace, [name], flags) => {
        const done = await perform(workspace, adoptEndpoint, { name: name as string }, flags);
        workspace.output.result(done, () =>
          done.adopted
            ? `${done.name} is the project's now; release into it with: mlops deploy`
            : `${done.name} is the project's already`,
        );
      }),
    );
}
