import { MlflowRefusal, type MlflowRest } from '../mlflow/rest.js';
import { servedPath } from '../mlflow/served-path.js';
import type { TrackedRun } from './tracked-run.js';

/** A run that a server keeps; `artifacts` is where its files lie, undefined where the server hands none out. */
export interface KeptRun {
  id: string;
  uri: string;
  artifacts: string | undefined;
}

interface RunAnswer {
  run: { info: { run_id: string; artifact_uri: string } };
}

/** One experiment of an MLflow server, as runs are written into it. */
export type MlflowStore = Awaited<ReturnType<typeof mlflowStore>>;

/**
 * Finds or makes an experiment.
 * @throws BrokenError with what the server answered
 */
export async function mlflowStore(server: MlflowRest, experiment: string) {
  const id = await experimentId(server, experiment);

  return {
    /** The runs that carry these tags and have ended, a page of them. */
    async ended(tags: Record<string, string>): Promise<Record<string, string>[]> {
      const quoted = Object.entries(tags).map(([name, value]) => `tags."${name}" = '${value.replace(/'/g, '')}'`);
      const filter = [...quoted, "attributes.status != 'RUNNING'"].join(' AND ');
      const { runs = [] } = await server.tell<{ runs?: { data?: { tags?: { key: string; value: string }[] } }[] }>(
        'runs/search',
        { experiment_ids: [id], filter, max_results: 1000 },
      );
      return runs.map(({ data }) => Object.fromEntries((data?.tags ?? []).map(({ key, value }) => [key, value])));
    },

    /** Writes a run down, still running: `end` ends it. */
    async begin({ name, tags, params, metrics, startedAt, endedAt }: TrackedRun): Promise<KeptRun> {
      const { run } = await server.tell<RunAnswer>('runs/create', {
        ...{ experiment_id: id, run_name: name, start_time: startedAt, tags: pairs(tags) },
      });
      const { run_id: runId, artifact_uri: uri } = run.info;
      for (const some of chunks(pairs(params), 100))
        await server.tell('runs/log-batch', { run_id: runId, params: some });
      for (const some of chunks(pairs(metrics), 1000)) {
        const timed = some.map((metric) => ({ ...metric, timestamp: endedAt, step: 0 }));
        await server.tell('runs/log-batch', { run_id: runId, metrics: timed });
      }
      return { id: runId, uri, artifacts: servedPath(uri) };
    },

    async end({ id: runId }: KeptRun, status: TrackedRun['status'], endedAt: number): Promise<void> {
      await server.tell('runs/update', { run_id: runId, status, end_time: endedAt });
    },

    /** Makes the files of a run's `model` folder the next version of a registered model; its number. */
    async register(name: string, run: KeptRun, about: { description: string; tags: Record<string, string> }) {
      await server.tell('registered-models/create', { name }).catch(unless('RESOURCE_ALREADY_EXISTS'));
      const { model_version: made } = await server.tell<{ model_version: { version: string } }>(
        'model-versions/create',
        {
          ...{ name, source: `${run.uri}/model`, run_id: run.id },
          ...{ description: about.description, tags: pairs(about.tags) },
        },
      );
      return made.version;
    },

    async point(name: string, alias: string, version: string): Promise<void> {
      await server.tell('registered-models/alias', { name, alias, version });
    },
  };
}

async function experimentId(server: MlflowRest, name: string): Promise<string> {
  const asked = `experiments/get-by-name?${new URLSearchParams({ experiment_name: name })}`;
  const find = () => server.json<{ experiment: { experiment_id: string } }>(asked);
  const found = await find().catch(unless('RESOURCE_DOES_NOT_EXIST'));
  if (found) return found.experiment.experiment_id;
  const made = await server
    .tell<{ experiment_id: string }>('experiments/create', { name })
    // Somebody else was quicker.
    .catch(unless('RESOURCE_ALREADY_EXISTS'));
  return made?.experiment_id ?? (await find()).experiment.experiment_id;
}

/** Passes over one answer of the server's, by its own word. */
const unless = (code: string) => (error: unknown) => {
  if (error instanceof MlflowRefusal && error.code === code) return undefined;
  throw error;
};

const pairs = <Value>(of: Record<string, Value>) => Object.entries(of).map(([key, value]) => ({ key, value }));

function chunks<Item>(items: Item[], size: number): Item[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, at) => items.slice(at * size, (at + 1) * size));
}
