import { keys } from '../../documents/keys.js';
import type { StageContext } from '../stage.js';
import {
  inferenceKey,
  momentsBelow,
  qualityKey,
  readLines,
  writeLines,
  type Outcome,
  type Prediction,
} from './kept.js';

const placeOf = ({ environment, signal }: StageContext) => ({ objects: environment.objects, signal });

/** Moments since `from` whose predictions wait for their labels. */
export async function pendingMoments(context: StageContext, from: Date): Promise<Date[]> {
  const place = placeOf(context);
  const judged = new Set((await momentsBelow(place, keys.qualities, from)).map((at) => at.getTime()));
  return (await momentsBelow(place, keys.inferences, from)).filter((at) => !judged.has(at.getTime()));
}

/**
 * Joins the predictions of pending moments with their labels, once those are settled: by then, `matured`, none changes.
 * @returns how many moments
 */
export async function backfill(
  context: StageContext,
  pending: readonly Date[],
  { labels, matured }: { labels: ReadonlyMap<string, number>; matured: Date },
): Promise<number> {
  let moments = 0;
  for (const at of pending.filter((one) => one <= matured)) {
    const predictions = await readLines<Prediction>(placeOf(context), inferenceKey(at));
    const outcomes = predictions.flatMap((one): Outcome[] => {
      const label = labels.get(one.inference_id);
      return label === undefined ? [] : [{ ...one, label }];
    });
    if (outcomes.length === 0) continue;
    await writeLines({ objects: context.writers.objects, signal: context.signal }, qualityKey(at), outcomes);
    moments += 1;
  }
  return moments;
}

/** What is known of predictions since `from`. */
export async function outcomesSince(context: StageContext, from: Date): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const at of await momentsBelow(placeOf(context), keys.qualities, from))
    outcomes.push(...(await readLines<Outcome>(placeOf(context), qualityKey(at))));
  return outcomes;
}
