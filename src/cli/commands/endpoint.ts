import type { Command } from 'commander';
import { ExitCode, InputError } from '../../common/errors.js';
import { everyItem, type EndpointInfo, type Environment } from '../../platform/ports.js';
import type { Act } from '../act.js';
import { answer } from '../answer.js';
import { removeAlarmsOn } from '../../pipeline/alarms-of.js';
import { holdingLease } from '../../pipeline/holding-lease.js';
import { readGiven, wholeNumber } from '../given.js';
import { table } from '../output.js';

async function mustDescribe(environment: Environment, name: string): Promise<EndpointInfo> {
  const endpoint = await environment.endpoints.describe(name);
  if (endpoint !== undefined) return endpoint;
  throw new InputError(`endpoint: found none named "${name}" in ${environment.name}; see: mlops endpoint list`);
}

function described(endpoint: EndpointInfo) {
  const { name, status, url, tokenFile, credentialsFile, config, serving, previous, reason, pid } = endpoint;
  const modelVersion = serving?.[0]?.modelVersion ?? null;
  return { name, status, url, modelVersion, tokenFile, credentialsFile, config, serving, previous, reason, pid };
}

export function addEndpoint(program: Command, act: Act): void {
  const endpoint = program.command('endpoint').description('served models');
  endpoint.command('list').action(
    act(async ({ environment, output, signal }) => {
      const endpoints: { name: string; status: string; url?: string }[] = [];
      for await (const item of everyItem((page) => environment.endpoints.list(page), { signal })) endpoints.push(item);
      output.result(answer('endpoints', { endpoints }), () =>
        endpoints.length === 0
          ? 'no endpoints yet; make one with: mlops deploy'
          : table(
              ['endpoint', 'status', 'url'],
              endpoints.map(({ name, status, url }) => [name, status, url ?? '–']),
            ),
      );
    }),
  );
  endpoint
    .command('show')
    .argument('<name>')
    .action(
      act(async ({ environment, output }, [name]) => {
        const found = described(await mustDescribe(environment, name as string));
        output.result(answer('endpoint', found), () =>
          table(
            ['what', 'value'],
            Object.entries(found).map(([key, value]) => [
              key,
              typeof value === 'string' ? value : (JSON.stringify(value) ?? '–'),
            ]),
          ),
        );
      }),
    );
  addLifecycle(endpoint, act);
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
        const started = await holdingLease(writers, purpose, waiting, () => writers.endpoints.start(name as string));
        output.result(
          answer('endpoint', described(started)),
          () => `${started.name}: ${started.status} at ${started.url ?? 'no address'}`,
        );
      }),
    );
  endpoint
    .command('stop')
    .argument('<name>')
    .description('end its process; start brings it back')
    .action(
      // Takes no lease: who stops an endpoint does not want to wait for a run to end.
      act.destroying(destroys('stop', false), async ({ environment, output }, [name]) => {
        await mustDescribe(environment, name as string);
        await environment.writers(`stop ${String(name)}`).endpoints.stop(name as string);
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
        output.result(answer('endpoint-log', { name, lines }), () => lines.join('\n'));
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
        process.stderr.write(`endpoint ${String(name)}: answered ${answer.status}\n`);
        return answer.status < 500 ? ExitCode.wrongInput : ExitCode.broke;
      }),
    );
}
