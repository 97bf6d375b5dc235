import type { Command } from 'commander';
import { InputError } from '../../common/errors.js';
import { lookAt, type EndpointLook } from '../../pipeline/endpoints/look.js';
import {
  costWords,
  machineWords,
  percent,
  scheduleWords,
  trafficWords,
  useWords,
  violationWords,
} from '../../pipeline/endpoints/words.js';
import type { EndpointInfo, ListedEndpoint } from '../../platform/ports/endpoints.js';
import type { Environment } from '../../platform/ports/environment.js';
import { everyItem } from '../../platform/ports/pages.js';
import type { Act } from '../act.js';
import { answer } from '../answer.js';
import { table } from '../output.js';

/** @throws InputError for one that is not there */
export async function mustDescribe(environment: Environment, name: string): Promise<EndpointInfo> {
  const endpoint = await environment.endpoints.describe(name);
  if (endpoint !== undefined) return endpoint;
  throw new InputError(`endpoint: found none named "${name}" in ${environment.name}; see: mlops endpoint list`);
}

/** What other programs read of an endpoint. */
export function described(endpoint: EndpointInfo) {
  const { name, status, url, tokenFile, credentialsFile, config, serving, previous, reason, pid } = endpoint;
  const modelVersion = serving?.[0]?.modelVersion ?? null;
  return { name, status, url, modelVersion, tokenFile, credentialsFile, config, serving, previous, reason, pid };
}

export function addEndpointShow(endpoint: Command, act: Act): void {
  endpoint.command('list').action(
    act(async ({ environment, output, signal }) => {
      const endpoints: ListedEndpoint[] = [];
      for await (const item of everyItem((page) => environment.endpoints.list(page), { signal })) endpoints.push(item);
      output.result(answer('endpoints', { endpoints }), () =>
        endpoints.length === 0 ? 'no endpoints yet; make one with: mlops deploy' : listText(environment, endpoints),
      );
    }),
  );
  endpoint
    .command('show')
    .argument('<name>')
    .description('variants with traffic and machines, whether it serves what was asked for, cost, use')
    .action(
      act(async ({ environment, output, signal }, [name]) => {
        const now = new Date();
        const found = await mustDescribe(environment, name as string);
        const look = await lookAt(environment, found, now, { signal });
        output.result(documentOf(look), () => showText(environment, look, now));
      }),
    );
}

function documentOf({ endpoint, ...look }: EndpointLook) {
  const { ours, fleet = [], configName, capturedTo } = endpoint;
  return {
    ...{ kind: 'endpoint', schemaVersion: 1, ...described(endpoint) },
    ...{ ours, configName, capturedTo, fleet, ...look },
  };
}

/** The project's first, for in an account others have theirs. */
function listText({ kind }: Environment, endpoints: readonly ListedEndpoint[]): string {
  const sorted = [...endpoints].sort((left, right) => Number(right.ours) - Number(left.ours));
  if (kind === 'local')
    return table(
      ['endpoint', 'status', 'url'],
      sorted.map(({ name, status, url }) => [name, status, url ?? '–']),
    );
  return table(
    ['endpoint', 'status', 'whose', 'url'],
    sorted.map(({ name, status, ours, url }) => [name, status, ours ? 'this project' : 'others', url ?? '–']),
  );
}

function showText({ kind }: Environment, look: EndpointLook, now: Date): string {
  const { endpoint, drift, schedules, reasons } = look;
  const { name, status, url, config, capturedTo, configName, ours, reason, previous, tokenFile } = endpoint;
  const facts: [string, string | undefined][] = [
    ['status', violationWords(status)],
    ['serves', drift ?? (status === 'Stopped' ? 'nothing: it is stopped' : 'what was asked for')],
    ['why', reason === drift ? undefined : reason],
    ['proven', config.notProven ? 'no: this version never passed its own gates' : undefined],
    ['whose', ours ? undefined : "others': not deployed from this project"],
    ['url', url],
    ['token', tokenFile],
    ['credentials', endpoint.credentialsFile],
    ['process', endpoint.pid?.toString()],
    ['configuration', configName],
    ['capture', `${percent(config.capture)}${capturedTo === undefined ? '' : ` to ${capturedTo}`}`],
    ['cost', kind === 'local' ? undefined : costWords(look)],
    ['use', useWords(look)],
    ['before', previous?.variants.map(({ modelVersion }) => modelVersion).join(', ')],
    ['monitoring schedules', reasons.schedules],
  ];
  const told = facts.flatMap(([what, value]) => (value === undefined ? [] : [[what, value]]));
  return [table([name, ''], told), variantsText(look), schedulesText(schedules ?? [], now)]
    .filter((text) => text !== '')
    .join('\n\n');
}

function variantsText({ endpoint: { fleet, serving, config } }: EndpointLook): string {
  if (fleet !== undefined && fleet.length > 0)
    return table(
      ['variant', 'version', 'traffic', 'machines'],
      fleet.map((one) => [one.name, one.modelVersion, trafficWords(one), machineWords(one) || '–']),
    );
  return table(
    ['variant', 'version', 'traffic'],
    (serving ?? config.variants).map(({ name, modelVersion, weight }) => [name, modelVersion, percent(weight)]),
  );
}

function schedulesText(schedules: NonNullable<EndpointLook['schedules']>, now: Date): string {
  if (schedules.length === 0) return '';
  return table(
    ['monitoring schedule', 'type', 'when', 'state'],
    schedules.map((one) => [one.name, one.type, one.schedule ?? '–', scheduleWords(one, now)]),
  );
}
