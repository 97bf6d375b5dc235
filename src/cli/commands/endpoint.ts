import type { Command } from 'commander';
import { ExitCode } from '../../common/errors.js';
import type { Act } from '../act.js';
import { answer } from '../answer.js';
import { removeAlarmsOn } from '../../pipeline/project-alarms.js';
import { holdingLease } from '../../pipeline/holding-lease.js';
import { readGiven, wholeNumber } from '../given.js';
import { addEndpointAdopt } from './endpoint-adopt.js';
import { addEndpointScale } from './endpoint-scale.js';
import { addEndpointShow, described, mustDescribe } from './endpoint-show.js';
import { say } from '../terminal.js';

export function addEndpoint(program: Command, act: Act): void {
  const endpoint = program.command('endpoint').description('served models');
  addEndpointShow(endpoint, act);
  addLifecycle(endpoint, act);
  addEndpointScale(endpoint, act);
  addEndpointAdopt(endpoint, act);
  addInvoke(endpoint, act);
}

function addLifecycle(endpoint: Command, act: Act): void {
  endpoint
    .command('start')
    .argument('<name>')
    .action(
      act.writing(async ({ environment, output, signal }, [name]) => {
        await mustDescribe(environment, name as string);
        const purpose = `start ${String(name)}`;
        const writers = environment.writers(purpose);
        const waiting = { signal, onWait: output.note };
        const started = await holdingLease(writers, purpose, waiting, () =>
          writers.endpoints.start(name as string, { signal }),
        );
        output.result(
          answer('endpoint', described(started)),
          () => `${started.name}: ${started.status} at ${started.url ?? 'no address'}`,
        );
      }),
    );
  endpoint
    .command('stop')
    .argument('<name>')
    .description('end its process, in an account the endpoint: it costs no more; start brings back the same')
    .action(
      // Takes no lease: who stops an endpoint does not want to wait for a run to end.
      act.destroying(destroys('stop', false), async ({ environment, output, signal }, [name]) => {
        await mustDescribe(environment, name as string);
        await environment.writers(`stop ${String(name)}`).endpoints.stop(name as string, { signal });
        output.result(answer('endpoint', { name, status: 'stopped' }), () => `${String(name)} stopped`);
      }),
    );
  endpoint
    .command('delete')
    .argument('<name>')
    .description('stop it and forget it, with the alarms that watch it')
    .action(
      act.destroying(destroys('delete', true), async ({ environment, output, signal }, [name]) => {
        await mustDescribe(environment, name as string);
        const purpose = `delete ${String(name)}`;
        const writers = environment.writers(purpose);
        const alarms = await holdingLease(writers, purpose, { signal, onWait: output.note }, async () => {
          await writers.endpoints.remove(name as string);
          return removeAlarmsOn(name as string, environment, writers);
        });
        const also = alarms.length === 0 ? '' : `, and ${alarms.length} alarms that watched it`;
        output.result(answer('endpoint', { name, status: 'deleted', alarms }), () => `${String(name)} deleted${also}`);
      }),
    );
  endpoint
    .command('logs')
    .argument('<name>')
    .option('--lines <n>', 'how many of the last lines', wholeNumber, 100)
    .action(
      act(async ({ environment, output }, [name], flags) => {
        await mustDescribe(environment, name as string);
        const lines = await environment.endpoints.logs(name as string, { lines: flags.lines as number });
        output.result(answer('endpoint-log', { name, lines }), () => lines);
      }),
    );
}

function destroys(verb: string, askLocally: boolean) {
  return ([name]: unknown[]) => ({ what: `${verb} endpoint ${String(name)}`, resource: String(name), askLocally });
}

function addInvoke(endpoint: Command, act: Act): void {
  endpoint
    .command('invoke')
    .argument('<name>')
    .requiredOption('--data <json>', 'JSON, or @FILE')
    .option('--content-type <type>', 'of the data', 'application/json')
    .option('--variant <name>', 'which variant')
    .description("send one request; prints the endpoint's answer as it came")
    .action(
      act(async ({ environment, output }, [name], flags) => {
        const data = flags.data as string;
        const body = data.startsWith('@') ? await readGiven(data.slice(1), '--data') : data;
        const answer = await environment.endpoints.invoke(name as string, {
          body,
          contentType: flags.contentType as string,
          variant: flags.variant as string | undefined,
        });
        output.raw(answer.body);
        if (!Buffer.from(answer.body).toString().endsWith('\n')) output.raw(Buffer.from('\n'));
        if (answer.status < 400) return ExitCode.done;
        say(`endpoint ${String(name)}: answered ${answer.status}`);
        return answer.status < 500 ? ExitCode.wrongInput : ExitCode.broke;
      }),
    );
}
