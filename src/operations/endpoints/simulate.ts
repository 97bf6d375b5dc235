import { BrokenError, InputError, NoSuchObject } from '../../common/errors.js';
import { isThere } from '../../common/files.js';
import { durationWords } from '../../project/duration.js';
import { endpointNamed } from '../../project/endpoints.js';
import { mainVariant } from '../../pipeline/endpoints/main-variant.js';
import { readVersion } from '../../pipeline/evaluating/read-version.js';
import { costOfRelease } from '../../pipeline/releasing/cost.js';
import { productionRows, rowsOfFile } from '../../pipeline/simulating/rows.js';
import { mustTakeSlowly, senderTo } from '../../pipeline/simulating/senders.js';
import { planSimulation, simulate, type SimulationWish } from '../../pipeline/simulating/simulate.js';
import { answer } from '../answer.js';
import { changes, type At } from '../operation.js';
import { mustFind } from './find.js';

export interface Simulating extends SimulationWish {
  /** Default: the one that `deploy` serves. */
  endpoint?: string;
  /** A table of rows in place of the production group. */
  rows?: string;
}

/** What one run may be at most, whatever is asked for. */
const mostRequests = 100_000;
const mostSeconds = 3600;
const mostRate = 1000;

/**
 * Traffic for an endpoint of the project, made of its rows: bounded in number and time, and the same for the same seed.
 * It ends by itself, and at once on its signal.
 */
export const simulateTraffic = changes(
  'endpoints.simulate',
  {
    purpose: ({ endpoint }: Simulating) => `send simulated traffic to ${endpoint ?? 'the endpoint'}`,
    withoutLease: 'it asks an endpoint as its callers do, also while a run or a release goes on',
    check: async (_, { rows, rate, seconds }) => {
      mustBeBounded(rate, seconds);
      if (rows !== undefined && !(await isThere(rows)))
        throw new NoSuchObject(`--rows: found no file ${rows}, expected a table`, rows);
    },
  },
  async (at, { endpoint, rows: file, ...wish }) => {
    const { environment, writers, project, signal, progress } = at;
    const info = await mustFind(at, endpoint ?? project.file.endpoint.name);
    const { name } = info;
    if (info.status !== 'InService')
      throw new BrokenError(`endpoint ${name} is ${info.status}; start it first: mlops endpoint start ${name}`);
    if (wish.profile === 'slow') mustTakeSlowly(info);
    const asked = { file: project.file, inputs: await inputsOf(at, info), signal };
    const rows = file === undefined ? await productionRows(environment, asked) : await rowsOfFile(file, asked);
    const shifted = planSimulation(wish, rows);
    const instance = info.fleet?.[0]?.instance ?? endpointNamed(project.file, name).instance;
    const planned = Math.max(1, Math.round(wish.rate * wish.seconds));
    progress(
      `${planned} requests to ${name} over ${durationWords(wish.seconds)}; ${costOfRelease(environment, { instance }, false)}`,
    );
    const found = await simulate(wish, rows, shifted, {
      ...{ endpoint: name, send: senderTo(environment.endpoints, info), objects: writers.objects },
      ...{ signal, progress, now: new Date() },
    });
    // What was captured and counted can be looked at as soon as this ends.
    await writers.endpoints.flush(name, { signal });
    if (found.sent > 0 && found.latency === null) throw new BrokenError(`${name} answered nothing: ${found.failure}`);
    const { profile, rate, seconds: asksSeconds, seed } = wish;
    return answer('simulation', { endpoint: name, profile, rate, for: asksSeconds, seed, planned, ...found });
  },
);

export type SimulationDocument = Awaited<ReturnType<(typeof simulateTraffic)['run']>>;

function mustBeBounded(rate: number, seconds: number): void {
  if (rate > mostRate) throw new InputError(`--rate: found ${rate} a second, expected ${mostRate} at most`);
  if (seconds > mostSeconds)
    throw new InputError(`--for: found ${durationWords(seconds)}, expected ${durationWords(mostSeconds)} at most`);
  if (rate * seconds > mostRequests)
    throw new InputError(`simulate: found ${Math.round(rate * seconds)} requests, expected ${mostRequests} at most`);
}

async function inputsOf({ environment }: At, info: { name: string; serving?: Parameters<typeof mainVariant>[0] }) {
  const version = mainVariant(info.serving ?? [])?.modelVersion;
  if (version === undefined) throw new BrokenError(`endpoint ${info.name} does not say what it serves`);
  return (await readVersion(environment, version)).bundle.inputs;
}
