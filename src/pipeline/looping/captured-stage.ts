import { keys } from '../../documents/keys.js';
import { everyItem } from '../../platform/ports/pages.js';
import { outcomeOf } from '../batches/batch-stage.js';
import { listBatches } from '../batches/stored-batches.js';
import type { Stage } from '../stage.js';
import type { Looking } from './looks.js';
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
  const ends = new Set(taken.map(({ captured }) => captured!.to));
  const newest = [...ends].sort().at(-1);
  for await (const { key } of everyItem((page) => environment.objects.list(keys.capture(name), { ...page, signal })))
    if (key.endsWith('.jsonl') && (newest === undefined || key > newest)) return true;
  return false;
}
