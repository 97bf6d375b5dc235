import { keys } from '../../documents/keys.js';
import { collect } from '../../platform/ports/pages.js';
import { outcomeOf } from '../batches/batch-stage.js';
import { listBatches } from '../batches/stored-batches.js';
import type { Stage } from '../stage.js';
import type { Looking } from './looks.js';
import { filesAfter, markOf } from './captured.js';
import { takeCaptured } from './take-captured.js';

/** Judging what an endpoint captured, as the one stage of a run beside the pipeline. */
export function capturedStage(): Stage {
  return {
    name: 'monitor',
    aside: true,
    inputs: () => Promise.resolve([]),
    configuration: ({ file }) => [file.monitor, file.model.target],
    needed: () => Promise.resolve({ run: true, reason: 'looks at what was captured' }),
    async run(context) {
      const { judged, waiting } = await takeCaptured(context);
      if (judged.length > 0) return outcomeOf(context, judged);
      return { outputs: [], figures: { waiting }, summary: `${waiting} captured rows wait for more` };
    },
  };
}

/** Whether a run is worth its record: requests were captured since the last time, or labels may have come for others. */
export async function isAnythingNew({ environment, project, signal }: Looking): Promise<boolean> {
  const { name } = project.file.endpoint;
  const taken = (await listBatches(environment)).filter(({ captured }) => captured?.endpoint === name);
  if (taken.some(({ judged, labelled, rows }) => judged.length === 0 || labelled < rows)) return true;
  await environment
    .writers('loop')
    .endpoints.flush(name, { signal })
    .catch(() => undefined);
  for (const { key } of await variantsOf(environment, name))
    for await (const _ of filesAfter(environment.objects, key, markOf(taken, key), { signal })) return true;
  return false;
}

const variantsOf = async ({ objects }: Looking['environment'], endpoint: string) =>
  (await collect((page) => objects.list(keys.capture(endpoint), { ...page, folders: true }))).filter(
    ({ kind }) => kind === 'folder',
  );
