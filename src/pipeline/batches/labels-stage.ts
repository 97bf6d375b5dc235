import { basename } from 'node:path';
import { WrongInput } from '../../common/errors.js';
import { sha256OfFile } from '../../common/hash.js';
import type { Saying } from '../../data/files/saying.js';
import type { Batch } from '../../documents/batch.js';
import type { Stage, StageContext, StageOutcome } from '../stage.js';
import { acceptWhenLabelled } from './accept-batch.js';
import { changesAny, noneMatched, planLabels, refuseOthers, writeLabels, type PlannedLabels } from './add-labels.js';
import { outcomeOf } from './batch-stage.js';
import { judgeBatch, type JudgedBatch } from './judge-batch.js';
import type { LabelFile } from './match-labels.js';
import { readLabels } from './read-labels.js';
import { listBatches, mustHaveBatch } from './stored-batches.js';

export interface LabelsToAdd {
  path: string;
  /** What the file leaves open. */
  reading?: Omit<Saying, 'types'>;
  /** The column that holds them, where its name does not say so. */
  label: string | undefined;
  /** Only of this batch. */
  batch: string | undefined;
  /** Also for rows that have another label. */
  replace: boolean;
  /** The version that judges a batch which none has judged. */
  modelVersion: string;
}

export interface LabelsTold {
  file: string;
  /** Rows of the file with a label. */
  labels: number;
  matched: number;
  unmatched: number;
  added: Omit<PlannedLabels, 'places' | 'values' | 'others'>[];
}

/**
 * Adds labels that came later, and judges again what they belong to, by the version that judged it last. All that is refused
 * is refused before anything is written. A batch is judged, too, whose labels an earlier attempt wrote that never came to
 * judging it.
 */
export function labelsStage(asked: LabelsToAdd, tell: (told: LabelsTold) => void): Stage {
  const name = basename(asked.path);
  return {
    name: 'monitor',
    aside: true,
    inputs: async ({ signal }) => [{ uri: name, sha256: await sha256OfFile(asked.path, { signal }) }],
    configuration: ({ file }) => [file.monitor, file.model.target],
    needed: () => Promise.resolve({ run: true, reason: `adds the labels of ${name}` }),
    async run(context): Promise<StageOutcome> {
      const { environment, signal } = context;
      const batches =
        asked.batch === undefined ? await listBatches(environment) : [await mustHaveBatch(environment, asked.batch)];
      const file = await readLabels(context, asked, batches);
      refuseUnclear(context, file, batches);
      const sha256 = await sha256OfFile(asked.path, { signal });
      const planned: PlannedLabels[] = [];
      for (const batch of batches) {
        const one = await planLabels(context, batch, file, asked.replace);
        if (one !== undefined) planned.push(one);
      }
      if (planned.length === 0) throw await noneMatched(context, file, batches);
      refuseSeveral(context, file, planned);
      for (const plan of planned) refuseOthers(file, plan);
      const added: LabelsTold['added'] = [];
      for (const plan of planned) {
        const batch = changesAny(plan) ? await writeLabels(context, plan, { name: file.name, sha256 }) : plan.batch;
        added.push({ batch, added: plan.added, same: plan.same, replaced: plan.replaced });
      }
      const labels = file.rows.filter(({ label }) => label !== null).length;
      const matched = new Set(planned.flatMap(({ places }) => [...places])).size;
      tell({ file: name, labels, matched, unmatched: labels - matched, added });
      const judged: JudgedBatch[] = [];
      for (const [at, { batch }] of added.entries()) {
        if (!changesAny(planned[at]!) && !isBehind(batch)) continue;
        judged.push(await judgeBatch(context, batch, batch.judged.at(-1)?.modelVersion ?? asked.modelVersion));
        await acceptWhenLabelled(context, batch.id);
      }
      if (judged.length === 0) return { outputs: [], figures: {}, summary: `${name}: nothing new` };
      return outcomeOf(context, judged);
    },
  };
}

/** Whether the newest labels of a batch are younger than its newest verdict. */
function isBehind({ labels, judged }: Batch): boolean {
  const [label, verdict] = [labels.at(-1)?.at, judged.at(-1)?.at];
  return label !== undefined && (verdict === undefined || label > verdict);
}

/**
 * Row 7 of one file is not row 7 of the next: where rows are named by their places, and nothing else tells them apart, the
 * labels of one month would be taken for those of another.
 * @throws WrongInput naming the batches that it could be
 */
function refuseUnclear({ project }: StageContext, { name: file, by }: LabelFile, batches: readonly Batch[]): void {
  const numbered = batches.filter((batch) => batch.numbered);
  if (numbered.length < 2 || by === 'entity and time' || project.file.features.time !== undefined) return;
  const some = numbered.slice(-3).map(({ id, name }) => `${id} (${name})`);
  throw new WrongInput({
    file,
    found: `rows that are named by their places, as those of ${numbered.length} batches are`,
    expected: `which batch they are of: --batch ${some.join(' or ')}`,
  });
}

/**
 * What comes every month is told apart by its time: without one, the labels of one month would be those of all.
 * @throws WrongInput naming the batches that it could be
 */
function refuseSeveral({ project }: StageContext, { name: file, by, rows }: LabelFile, planned: PlannedLabels[]): void {
  const { time } = project.file.features;
  if (by === 'entity and time' || (by === 'id' && time !== undefined)) return;
  const seen = new Set<number>();
  for (const { places } of planned)
    for (const place of places) {
      if (!seen.has(place)) {
        seen.add(place);
        continue;
      }
      const some = planned.slice(-3).map(({ batch: { id, name } }) => `${id} (${name})`);
      const which = `which batch they are of: --batch ${some.join(' or ')}`;
      throw new WrongInput({
        file,
        found: `${rows[place]!.id}, which ${planned.length} batches have`,
        expected: time === undefined ? which : `a column of times (${time}), or ${which}`,
      });
    }
}
