import { BrokenError, DamagedFile, InputError } from '../../../common/errors.js';
import { namesIn, readIfThere } from '../../../common/files.js';
import type { EndpointInfo, EndpointReader, EndpointStatus, Variant } from '../../ports/endpoints.js';
import { byBytes } from '../../shared/keys.js';
import { pageOf } from '../../shared/paging.js';
import type { Place } from '../place.js';
import { ask, pings } from './client.js';
import { endpointFolder, readAccepted, readState, readWanted, type EndpointFolder, type StateFile } from './folder.js';
import { runs } from './process.js';

export function endpointReader(place: Place): EndpointReader {
  const folderOf = (name: string) => endpointFolder(place.endpoints, place.temporary, name);
  return {
    async list(options) {
      const page = pageOf((await namesIn(place.endpoints)).sort(byBytes), (name) => name, options);
      const infos = await Promise.all(page.items.map((name) => describeEndpoint(folderOf(name))));
      const items = infos
        .filter((info) => info !== undefined)
        .map(({ name, status, url }) => ({ name, status, url, ours: true }));
      return { ...page, items };
    },
    describe: (name) => describeEndpoint(folderOf(name)),
    async invoke(name, request, options = {}) {
      const folder = folderOf(name);
      const state = await readState(folder);
      if (state === undefined || !(await runs(state))) throw await notRunning(folder);
      const path = `/endpoints/${name}/invocations`;
      const headers = headersOf(request);
      const answer = await ask(folder, state, 'POST', path, { body: request.body, headers, signal: options.signal });
      return {
        status: answer.status,
        contentType: answer.headers.get('content-type') ?? '',
        body: new Uint8Array(await answer.arrayBuffer()),
        variant: answer.headers.get('x-amzn-invoked-production-variant') ?? undefined,
      };
    },
    async logs(name, options = {}) {
      const text = (await readIfThere(folderOf(name).log))?.toString('utf8') ?? '';
      return text
        .split('\n')
        .slice(0, -1)
        .slice(-(options.lines ?? 200));
    },
  };
}

/** What is on disk, checked against the process's own answer. */
export async function describeEndpoint(folder: EndpointFolder): Promise<EndpointInfo | undefined> {
  const damage: DamagedFile[] = [];
  const state = await readState(folder);
  const [accepted, wanted] = [await told(readAccepted(folder), damage), await told(readWanted(folder), damage)];
  const found = await statusOf(folder, state, { updating: wanted !== undefined });
  if (damage[0] !== undefined) {
    // What it answers with is known; what was asked for is not, until it is deployed again.
    if (found.status !== 'InService') found.status = 'Failed';
    found.reason = damage[0].message;
  }
  const unknown = damage.length === 0 ? undefined : { name: folder.name, group: '', variants: found.serving ?? [] };
  const config = accepted?.config ?? wanted?.config ?? (unknown && { ...unknown, capture: 0 });
  if (config === undefined) return undefined;
  return {
    name: folder.name,
    createdAt: accepted?.createdAt ?? state?.at ?? '',
    config,
    previous: accepted?.previous,
    tokenFile: folder.token,
    credentialsFile: folder.credentials,
    ours: true,
    ...found,
  };
}

/** What a file says; one that cannot be read is put to the damage and says nothing. */
function told<Value>(reading: Promise<Value>, damage: DamagedFile[]): Promise<Value | undefined> {
  return reading.catch((error: unknown) => {
    if (!(error instanceof DamagedFile)) throw error;
    damage.push(error);
    return undefined;
  });
}

type Found = Pick<EndpointInfo, 'status' | 'url' | 'serving' | 'pid' | 'reason'>;

async function statusOf(
  folder: EndpointFolder,
  state: StateFile | undefined,
  { updating }: { updating: boolean },
): Promise<Found> {
  if (state === undefined) return { status: updating ? 'Creating' : 'Stopped' };
  if (state.phase === 'ended') return { status: state.failed ? 'Failed' : 'Stopped', reason: state.reason };
  const { pid, url } = state;
  if (!(await runs(state)))
    return { status: 'Failed', reason: `its process ${pid} ended without a word; see ${folder.log}` };
  const serving = (await pings(state)) ? await servedBy(folder, state) : undefined;
  if (serving === undefined)
    return { status: 'OutOfService', pid, url, reason: `its process ${pid} runs but does not answer at ${url}` };
  return { status: updating ? 'Updating' : 'InService', pid, url, serving, reason: state.refused };
}

async function servedBy(folder: EndpointFolder, state: StateFile): Promise<Variant[] | undefined> {
  try {
    const told = await ask(folder, state, 'GET', '/admin/serving');
    // A process that an earlier version started tells it elsewhere.
    const response = told.ok ? told : await ask(folder, state, 'GET', '/model-info');
    const { variants } = (await response.json()) as { variants: Variant[] };
    return variants.map(({ name, modelVersion, weight }) => ({ name, modelVersion, weight }));
  } catch {
    return undefined;
  }
}

async function notRunning(folder: EndpointFolder): Promise<Error> {
  const info = await describeEndpoint(folder);
  if (info === undefined) return new InputError(`there is no endpoint ${folder.name}`);
  const status: EndpointStatus = info.status;
  return new BrokenError(
    `endpoint ${folder.name} is ${status}${info.reason === undefined ? '' : ` (${info.reason})`}; start it first`,
  );
}

function headersOf(request: Parameters<EndpointReader['invoke']>[1]): Record<string, string> {
  const optional = {
    accept: request.accept,
    'X-Amzn-SageMaker-Target-Variant': request.variant,
    'X-Amzn-SageMaker-Inference-Id': request.inferenceId,
    'X-Amzn-SageMaker-Custom-Attributes': request.customAttributes,
  };
  const set = Object.entries(optional).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { 'content-type': request.contentType, ...Object.fromEntries(set) };
}
