import { isDeepStrictEqual } from 'node:util';
import { BrokenError, InputError } from '../../../common/errors.js';
import { isThere, remove } from '../../../common/files.js';
import { checkEndpoint } from '../../shared/endpoint-check.js';
import type { EndpointInfo, EndpointWriter, Variant } from '../../ports/endpoints.js';
import { writeJson } from '../../../common/json-files.js';
import type { Place } from '../place.js';
import { ask } from './client.js';
import { endpointFolder, readAccepted, readState, type EndpointFolder, type WantedFile } from './folder.js';
import { runs, startProcess, stopProcess, type Engine } from './process.js';
import { describeEndpoint } from './reader.js';
import { ensureSecrets } from './secrets.js';

/** Endpoints are processes of their own. Without an engine (in the extension host) none can be started. */
export function endpointWriter(place: Place, project: string, engine: Engine | undefined): EndpointWriter {
  const folderOf = (name: string) => endpointFolder(place.endpoints, place.temporary, name);

  /** How to have its process look at what is wanted: the running one is asked, otherwise one is started. */
  async function rouser(folder: EndpointFolder, signal: AbortSignal | undefined): Promise<() => Promise<void>> {
    const state = await readState(folder);
    if (state !== undefined && (await runs(state))) return () => reload(folder, state, signal);
    if (engine === undefined) throw new BrokenError('endpoints cannot be started from here: no engine is known');
    return async () => {
      const { state, ours } = await startProcess(folder, engine, { signal });
      // Another one's process may have looked before what is wanted was written.
      if (!ours) await reload(folder, state, signal);
    };
  }

  return {
    async deploy(config, { signal } = {}) {
      checkEndpoint(config);
      const folder = folderOf(config.name);
      const rouse = await rouser(folder, signal);
      await ensureSecrets(folder);
      const wanted: WantedFile = { project, bucket: place.bucket, config };
      await writeJson(folder.wanted, wanted, { temporary: folder.temporary });
      await rouse();
      return mustServe(folder, config.variants);
    },
    async start(name, { signal } = {}) {
      const folder = folderOf(name);
      const accepted = await readAccepted(folder);
      if (accepted === undefined) throw new InputError(`there is no endpoint ${name} to start: deploy one`);
      // A restored one comes without.
      await ensureSecrets(folder);
      await (
        await rouser(folder, signal)
      )();
      return mustServe(folder, accepted.config.variants);
    },
    async flush(name, { signal } = {}) {
      const folder = folderOf(name);
      const state = await readState(folder);
      // One that does not run has nothing that is not written.
      if (state !== undefined && (await runs(state))) await ask(folder, state, 'POST', '/admin/flush', { signal });
    },
    // Traffic is shifted here by whoever asks for it, step by step: nothing goes on by itself.
    halt: () => Promise.resolve(),
    async stop(name) {
      const folder = folderOf(name);
      if (!(await isThere(folder.path))) throw new InputError(`there is no endpoint ${name} to stop`);
      await stopProcess(folder);
    },
    async remove(name) {
      const folder = folderOf(name);
      await stopProcess(folder);
      await remove(folder.path);
    },
  };
}

async function reload(
  folder: EndpointFolder,
  state: NonNullable<Awaited<ReturnType<typeof readState>>>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const response = await ask(folder, state, 'POST', '/admin/reload', { signal });
  if (response.ok) return;
  const { error } = (await response.json().catch(() => ({}))) as { error?: string };
  throw new BrokenError(`endpoint ${folder.name} goes on with what it served: ${error ?? `HTTP ${response.status}`}`);
}

/** Deployed means that the endpoint itself answers with what was asked for. */
async function mustServe(folder: EndpointFolder, asked: Variant[]): Promise<EndpointInfo> {
  const info = await describeEndpoint(folder);
  if (info === undefined) throw new BrokenError(`endpoint ${folder.name} was removed meanwhile`);
  const plain = asked.map(({ name, modelVersion, weight }) => ({ name, modelVersion, weight }));
  if (isDeepStrictEqual(info.serving, plain)) return info;
  const found = info.serving?.map(({ modelVersion }) => modelVersion).join(', ') ?? info.status;
  const wanted = plain.map(({ modelVersion }) => modelVersion).join(', ');
  const why = info.reason === undefined ? '' : `: ${info.reason}`;
  throw new BrokenError(`endpoint ${folder.name} serves ${found}, not ${wanted}${why}`);
}
