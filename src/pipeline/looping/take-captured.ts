import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Batch } from '../../documents/batch.js';
import { keys, stampOf } from '../../documents/keys.js';
import { mainVariant } from '../endpoints/main-variant.js';
import { groupName } from '../evaluating/parts.js';
import type { StageContext } from '../stage.js';
import { acceptBatch } from '../batches/accept-batch.js';
import { changesAny, planLabels, writeLabels } from '../batches/add-labels.js';
import { bringBatch } from '../batches/bring-batch.js';
import { featureColumns } from '../batches/form.js';
import { judgeBatch, type JudgedBatch } from '../batches/judge-batch.js';
import { listBatches, mustHaveBatch } from '../batches/stored-batches.js';
import { capturedAfter, groundTruthOf, markOf, numberOf, type Predicted } from './captured.js';

/** Fewer rows wait for more, for as long as a day. */
const enough = 200;
const dayMs = 86_400_000;

/** What was taken in of what an endpoint captured. */
export interface Taken {
  judged: JudgedBatch[];
  /** Rows that wait until there are enough. */
  waiting: number;
}

/**
 * Takes in what the version that serves was asked since the last time, as a batch with the labels that are known, and gives
 * those of before the labels that came since; each that changed is judged. Labelled ones join the next training where the
 * project says so. A batch says up to where it goes, so that nothing is taken in twice, whoever was killed.
 */
export async function takeCaptured(context: StageContext): Promise<Taken> {
  const { environment, writers, project, now, signal } = context;
  const { name } = project.file.endpoint;
  const info = await environment.endpoints.describe(name, { signal });
  const main = mainVariant(info?.serving ?? []);
  if (main === undefined) return { judged: [], waiting: 0 };
  await writers.endpoints.flush(name, { signal });
  const truths = await groundTruthOf(environment.objects, name, now, { signal });
  const before = (await listBatches(environment)).filter(({ captured }) => captured?.endpoint === name);
  const judged = await labelLater(context, before, truths, main.modelVersion);
  const own = `${keys.capture(name)}${main.name}/`;
  const since = markOf(before, own);
  const found = await capturedAfter(environment.objects, { prefix: own, mark: since }, { signal });
  const { rows, mark, unreadable } = found;
  if (unreadable > 0) context.report.message('warning', `${unreadable} captured lines are no record of a request`);
  const oldest = Math.min(...rows.slice(0, 1).map(({ at }) => Date.parse(at ?? '')));
  const isDue = rows.length >= enough || (rows.length > 0 && now.getTime() - oldest >= dayMs);
  if (!isDue || mark === undefined) return { judged, waiting: rows.length };
  const files = [{ source: Object.keys(project.file.sources)[0], path: await written(context, rows, truths) }];
  const captured = { endpoint: name, from: since?.to ?? null, ...mark };
  const batch = await bringBatch(context, { files, as: 'features', captured });
  judged.push(await judgedAndAccepted(context, batch, main.modelVersion));
  return { judged, waiting: 0 };
}

/** Labels that came after a batch was taken in, and batches that nobody judged yet. */
async function labelLater(
  context: StageContext,
  batches: readonly Batch[],
  truths: ReadonlyMap<string, string>,
  modelVersion: string,
): Promise<JudgedBatch[]> {
  const judged: JudgedBatch[] = [];
  const { byNumber } = await thingsOf(context);
  const rows = [...truths].map(([id, label]) => ({ id: byNumber ? String(numberOf(id)) : id, time: null, label }));
  for (const batch of batches) {
    const version = batch.judged.at(-1)?.modelVersion ?? modelVersion;
    // A look that was killed brought it and did not come to judging it.
    if (batch.judged.length === 0) judged.push(await judgedAndAccepted(context, batch, version));
    if (batch.labelled >= batch.rows) continue;
    const file = { name: 'ground truth', by: 'entity' as const, rows, made: false };
    const plan = await planLabels(context, batch, file, false);
    if (plan === undefined || !changesAny(plan)) continue;
    const labelled = await writeLabels(context, plan, { name: file.name, sha256: '' });
    judged.push(await judgedAndAccepted(context, labelled, version));
  }
  return judged;
}

async function judgedAndAccepted(context: StageContext, batch: Batch, version: string): Promise<JudgedBatch> {
  const judged = await judgeBatch(context, batch, version);
  const { labelled } = await mustHaveBatch(context.environment, batch.id);
  const learns = context.project.file.loop?.train !== 'never';
  if (learns && labelled > 0)
    await acceptBatch(context, batch.id, { at: context.now.toISOString(), by: `run ${context.runId}` });
  return judged;
}

/** What names the things that rows are about, and whether those are numbers. */
async function thingsOf({ environment, project, signal }: StageContext) {
  const group = await environment.features.describe(groupName(project.file.name, 'train'), { signal });
  const type = group?.features.find(({ name }) => name === project.file.features.entity)?.type;
  return { byNumber: type === 'Integral' || type === 'Fractional' };
}

/** Rows as a table of features: a thing each, named by its prediction; what the model does not look at is missing. */
async function written(
  context: StageContext,
  rows: readonly Predicted[],
  truths: ReadonlyMap<string, string>,
): Promise<string> {
  const { project, scratch, now, runId } = context;
  const { entity, time } = project.file.features;
  const { target, task } = project.file.model;
  const { byNumber } = await thingsOf(context);
  const empty = Object.fromEntries((await featureColumns(context)).map((name) => [name, null]));
  const labelOf = (id: string) => {
    const text = truths.get(id);
    if (text === undefined || text === '') return null;
    return task === 'multiclass' ? text : Number({ true: 1, false: 0 }[text.toLowerCase()] ?? text);
  };
  const lines = rows.map(({ id, at, row }) => {
    const known = Object.fromEntries(Object.entries(row).filter(([name]) => Object.hasOwn(empty, name)));
    const when = time === undefined ? {} : { [time]: at?.replace(/\.\d+|Z$/g, '') ?? null };
    return JSON.stringify({
      ...empty,
      ...known,
      ...when,
      [entity]: byNumber ? numberOf(id) : id,
      [target]: labelOf(id),
    });
  });
  const path = join(scratch, `captured-${stampOf(now, runId)}.jsonl`);
  await writeFile(path, `${lines.join('\n')}\n`);
  return path;
}
