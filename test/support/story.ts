import { resolve } from 'node:path';
import type { LedgerEntry } from '../../src/documents/ledger.js';
import { simulateTraffic, type Simulating } from '../../src/operations/endpoints/simulate.js';
import { listBatches } from '../../src/pipeline/batches/stored-batches.js';
import { dutiesOf } from '../../src/pipeline/watching/duties.js';
import { watch } from '../../src/pipeline/watching/watch.js';
import { openLocal } from '../../src/platform/local/index.js';
import { collect } from '../../src/platform/ports/pages.js';
import { secondsOf } from '../../src/project/duration.js';
import { loadProject } from '../../src/project/load.js';

/** What the loop wrote down at one look, in the words of the ledger. */
export interface Look {
  entries: LedgerEntry[];
  /** `what outcome why`, without what the release says of itself. */
  lines: string[];
}

/** A project that has run, whose loop is watched on a virtual clock: what happens before each look is the story. */
export async function storyOf(folder: string) {
  const project = await loadProject(folder);
  const engine = { endpointScript: resolve('dist/endpoint.js'), node: process.execPath };
  const environment = openLocal({ projectFolder: folder, project: project.file.name, engine });
  const at = {
    ...{ project, environment, signal: new AbortController().signal },
    ...{ progress: () => undefined, warn: () => undefined },
  };
  const { name } = project.file.endpoint;
  return {
    environment,
    /** Callers of the endpoint, and labels of what they asked. */
    traffic: (part: Partial<Simulating>) =>
      simulateTraffic.run(at, {
        ...{ profile: 'healthy', rate: 400, seconds: 0.6, seed: 1, shifts: [], labels: true, ...part },
      }),
    serves: async () => (await environment.endpoints.describe(name))?.serving?.[0]?.modelVersion,
    /** The newest verdict on each file that arrived, by its name, and the version that it is on. */
    async verdicts(): Promise<Record<string, string>> {
      const batches = await listBatches(environment);
      const newest = batches.map(({ name, judged }) => [name, judged.at(-1)] as const);
      return Object.fromEntries(
        newest.map(([file, last]) => [file, last === undefined ? 'none' : `${last.verdict} by ${last.modelVersion}`]),
      );
    },
    /** Looks once before anything happens and once after each happening; one look follows another by what the loop says. */
    tell: async (happens: readonly (() => unknown)[]): Promise<{ looks: Look[]; all: string }> => {
      const every = 1000 * secondsOf(project.file.loop?.every ?? '1h');
      const begin = Date.now();
      const looks: Look[] = [];
      let now = begin;
      let seen = (await collect((page) => environment.ledger.list(page))).length;
      const clock = {
        now: () => new Date(now),
        async wait(ms: number) {
          const ledger = (await collect((page) => environment.ledger.list(page))).reverse();
          const entries = ledger.slice(seen);
          seen = ledger.length;
          const told = entries.filter(({ what }) => what === 'retrain' || what === 'keep');
          looks.push({ entries, lines: told.map(({ what, outcome, why }) => `${what} ${outcome} ${why}`) });
          await happens[looks.length - 1]?.();
          now += ms;
        },
      };
      const said: string[] = [];
      await watch(
        dutiesOf(project, environment).filter((duty) => duty.name === 'loop'),
        {
          ...{ clock, signal: at.signal, until: new Date(begin + happens.length * every + 1) },
          tell: ({ text, failed }) => said.push(`${failed ? 'FAILED ' : ''}${text}`),
        },
      );
      // Whatever was decided can be looked up.
      for (const { evidence } of looks.flatMap(({ entries }) => entries))
        for (const key of evidence)
          if ((await environment.objects.head(key)) === undefined) throw new Error(`found nothing at ${key}`);
      const all = `${looks.map(({ lines }, look) => `${look}: ${lines.join('\n   ')}`).join('\n')}\n${said.join('\n')}`;
      return { looks, all };
    },
    end: () => environment.writers('end').endpoints.remove(name),
  };
}
