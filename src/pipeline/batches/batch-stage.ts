import { basename } from 'node:path';
import { sha256OfFile } from '../../common/hash.js';
import type { Batch } from '../../documents/batch.js';
import { worst } from '../../documents/gates/verdict.js';
import { figuresOf, summaryOf } from '../judging/record-results.js';
import type { Stage, StageContext, StageOutcome } from '../stage.js';
import { bringBatch, nameOfBatch } from './bring-batch.js';
import type { GivenBatch } from './given-batch.js';
import { judgeBatch, type JudgedBatch } from './judge-batch.js';

export interface BatchToJudge {
  /** Files to be brought; or a batch that is here already. */
  batch: GivenBatch | Batch;
  modelVersion: string;
}

const isHere = (batch: GivenBatch | Batch): batch is Batch => 'id' in batch;

/** Judging one batch, as the one stage of a run. It stands beside the pipeline, whose own state stays as it is. */
export function batchStage({ batch, modelVersion }: BatchToJudge): Stage {
  const name = isHere(batch) ? batch.name : nameOfBatch(batch);
  return {
    name: 'monitor',
    aside: true,
    async inputs({ signal }) {
      if (isHere(batch)) return batch.files.map(({ uri, sha256 }) => ({ uri, sha256 }));
      const hashed = batch.files.map(async ({ path }) => ({
        ...{ uri: basename(path), sha256: await sha256OfFile(path, { signal }) },
      }));
      return Promise.all(hashed);
    },
    configuration: ({ file }) => [file.monitor, file.model.target],
    needed: () => Promise.resolve({ run: true, reason: `judges ${name}` }),
    run: (context) => judged(context, { batch, modelVersion }),
  };
}

async function judged(context: StageContext, { batch, modelVersion }: BatchToJudge): Promise<StageOutcome> {
  const brought = isHere(batch) ? batch : await bringBatch(context, batch);
  return outcomeOf(context, [await judgeBatch(context, brought, modelVersion)]);
}

/** How a stage ends that judged batches: by the worst of what was said. */
export async function outcomeOf(context: StageContext, judged: readonly JudgedBatch[]): Promise<StageOutcome> {
  for (const { results } of judged) for (const note of results.notes ?? []) context.report.message('warning', note);
  await context.writers.alarms.record({ signal: context.signal });
  const newest = judged.at(-1)!.results;
  const said = judged.map(({ results }) => `${results.batch!.name}: ${summaryOf({ ...results, notes: [] })}`);
  return {
    outputs: judged.map(({ key, results }) => ({ uri: key, sha256: '', rows: results.n })),
    figures: { batch: judged.map(({ results }) => results.batch!.id).join(', '), ...figuresOf(newest) },
    summary: said.join('; '),
    verdict: worst(judged.map(({ results }) => results.verdict)),
  };
}
