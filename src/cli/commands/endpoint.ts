import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { ExitCode, InputError } from '../../common/errors.js';
import { everyItem, type EndpointInfo, type Environment } from '../../platform/ports.js';
import type { Act } from '../act.js';
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
      output.result({ endpoints }, () =>
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
        output.result(found, () =>
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
      act.writing(async ({ environment, output }, [name]) => {
        await mustDescribe(environment, name as string);
        const started = await environment.writers(`start ${String(name)}`).endpoints.start(name as string);
        output.result(described(started), () => `${started.name}: ${started.status} at ${started.url ?? 'no address'}`);
      }),
    );
  for (const [verb, done, askLocally] of [
    ['stop', 'stopped', false],
    ['delete', 'deleted', true],
  ] as const) {
    endpoint
      .command(verb)
      .argument('<name>')
      .action(
        act.destroying(destroys(verb, askLocally), async ({ environment, output }, [name]) => {
          await mustDescribe(environment, name as string);
          const { endpoints } = environment.writers(`${verb} ${String(name)}`);
          await (verb === 'stop' ? endpoints.stop(name as string) : endpoints.remove(name as string));
          output.result({ name, status: done }, () => `${String(name)} ${done}`);
        }),
      );
  }
  endpoint
    .command('logs')
    .argument('<name>')
    .option('--lines <n>', 'how many of the last lines', '100')
    .action(
      act(async ({ environment, output }, [name], flags) => {
        await mustDescribe(environment, name as string);
        const lines = await environment.endpoints.logs(name as string, { lines: Number(flags.lines) });
        output.result({ name, lines }, () => lines.join('\n'));
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
        const body = data.startsWith('@') ? await readFile(data.slice(1)) : data;
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
