import type { Command } from 'commander';
import { listEndpoints } from '../../../operations/endpoints/list.js';
import { showEndpoint, type EndpointDocument } from '../../../operations/endpoints/show.js';
import {
  costWords,
  machineWords,
  percent,
  scheduleWords,
  trafficWords,
  useWords,
  violationWords,
} from '../../../pipeline/endpoints/words.js';
import type { ListedEndpoint } from '../../../platform/ports/endpoints.js';
import type { Environment } from '../../../platform/ports/environment.js';
import type { Act } from '../../command-runner.js';
import { apart, table } from '../../output.js';
import { perform } from '../../perform.js';
import type { Lines } from '../../terminal.js';

export function addEndpointShow(endpoint: Command, act: Act): void {
  endpoint
    .command('list')
    .description('the endpoints of the environment, the project’s first')
    .action(
      act(async (workspace, _args, flags) => {
        const found = await perform(workspace, listEndpoints, undefined, flags);
        const { endpoints } = found;
        workspace.output.result(found, () =>
          endpoints.length === 0
            ? 'no endpoints yet; make one with: mlops deploy'
            : listText(workspace.environment, endpoints),
        );
      }),
    );
  endpoint
    .command('show')
    .argument('<name>', 'of the endpoint')
    .description('variants with traffic and machines, whether it serves what was asked for, cost, use')
    .action(
      act(async (workspace, [name], flags) => {
        const found = await perform(workspace, showEndpoint, { name: name as string }, flags);
        workspace.output.result(found, () => showText(workspace.environment, found, new Date()));
      }),
    );
}

/** The project's first, for in an account others have theirs. */
function listText({ kind }: Environment, endpoints: readonly ListedEndpoint[]): Lines {
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

function showText({ kind }: Environment, endpoint: EndpointDocument, now: Date): Lines {
  const { drift, schedules, reasons } = endpoint;
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
    ['cost', kind === 'local' ? undefined : costWords(endpoint)],
    ['use', useWords(endpoint)],
    ['before', previous?.variants.map(({ modelVersion }) => modelVersion).join(', ')],
    ['monitoring schedules', reasons.schedules],
  ];
  const told = facts.flatMap(([what, value]) => (value === undefined ? [] : [[what, value]]));
  return apart([table([name, ''], told), variantsText(endpoint), schedulesText(schedules ?? [], now)]);
}

function variantsText({ fleet, serving, config }: EndpointDocument): Lines {
  if (fleet.length > 0)
    return table(
      ['variant', 'version', 'traffic', 'machines'],
      fleet.map((one) => [one.name, one.modelVersion, trafficWords(one), machineWords(one) || '–']),
    );
  return table(
    ['variant', 'version', 'traffic'],
    (serving ?? config.variants).map(({ name, modelVersion, weight }) => [name, modelVersion, percent(weight)]),
  );
}

function schedulesText(schedules: NonNullable<EndpointDocument['schedules']>, now: Date): Lines {
  if (schedules.length === 0) return [];
  return table(
    ['monitoring schedule', 'type', 'when', 'state'],
    schedules.map((one) => [one.name, one.type, one.schedule ?? '–', scheduleWords(one, now)]),
  );
}
