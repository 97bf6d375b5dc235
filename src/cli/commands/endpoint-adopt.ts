import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { adoptEndpoint } from '../../pipeline/endpoints/adopt.js';
import type { Act } from '../act.js';
import { mustDescribe } from './endpoint-show.js';

/** `mlops endpoint adopt`: the only way by which releases may go to an endpoint that others made. */
export function addEndpointAdopt(endpoint: Command, act: Act): void {
  const hands = ([name]: unknown[]) => ({
    what: `adopt endpoint ${String(name)}, so that releases may change what it serves`,
    resource: String(name),
  });
  endpoint
    .command('adopt')
    .argument('<name>')
    .description(
      "mark an endpoint that others made as the project's: deploy may release into it; cleanup gives it back",
    )
    .action(
      act.destroying(hands, async ({ environment, output, signal }, args) => {
        const name = String(args[0]);
        await mustDescribe(environment, name);
        const onWait = output.note;
        const adopted = await adoptEndpoint(environment, name, userInfo().username, { signal, onWait });
        output.result({ kind: 'endpoint-adopted', schemaVersion: 1, name, adopted }, () =>
          adopted
            ? `${name} is the project's now; release into it with: mlops deploy`
            : `${name} is the project's already`,
        );
      }),
    );
}
