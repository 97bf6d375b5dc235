import type { Command } from 'commander';
import { InputError } from '../../common/errors.js';
import { holdingLease } from '../../pipeline/holding-lease.js';
import type { Act } from '../act.js';
import { wholeNumber } from '../given.js';
import { mustDescribe } from './endpoint-show.js';

/** `mlops endpoint scale`: more or fewer machines behind an endpoint in an account. */
export function addEndpointScale(endpoint: Command, act: Act): void {
  const destroys = ([name]: unknown[]) => ({
    what: `change how many machines serve endpoint ${String(name)}`,
    resource: String(name),
  });
  endpoint
    .command('scale')
    .argument('<name>')
    .requiredOption('--instances <n>', 'machines that shall serve each variant', wholeNumber)
    .option('--variant <name>', 'only this one')
    .description('more or fewer machines, in an account; stop is what ends the cost')
    .action(
      act.destroying(destroys, async ({ environment, output, signal }, [name], flags) => {
        if (environment.kind === 'local')
          throw new InputError(`endpoint ${String(name)} is one process on this machine, so it has nothing to scale`);
        await mustDescribe(environment, name as string);
        const purpose = `scale ${String(name)}`;
        const writers = environment.writers(purpose);
        const wish = { instances: flags.instances as number, variant: flags.variant as string | undefined };
        const scaled = await holdingLease(writers, purpose, { signal, onWait: output.note }, () =>
          writers.cloud!.fleet.scale(name as string, wish, { signal }),
        );
        output.result({ kind: 'endpoint-scale', schemaVersion: 1, name, scaled }, () =>
          scaled.map(({ variant, from, to }) => `${String(name)} ${variant}: ${from} -> ${to} machines`),
        );
      }),
    );
}
