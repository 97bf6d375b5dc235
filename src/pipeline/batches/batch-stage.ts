import { basename } from 'node:path';
import { sha256OfFile } from '../../common/hash.js';
import type { Batch } from '../../documents/batch.js';
import { figuresOf, summaryOf } from '../judging/record-results.js';
import type { Stage, StageContext, StageOutcome } from '../stage.js';
import { bringBatch, nameOfBatch } from './bring-batch.js';
import type { GivenBatch } from './given-batch.js';
import { judgeBatch } from './judge-batch.js';

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
  const { writers, signal } = context;
  const brought = isHere(batch) ? batch : await bringBatch(context, batch);
  const { key, results } = await judgeBatch(context, brought, modelVersion);
  for (const note of results.notes ?? []) context.report.message('warning', note);
  await writers.alarms.record({ signal });
  return {
    outputs: [{ uri: key, sha256: '', rows: results.n }],
    figures: { batch: brought.id, ...figuresOf(results) },
    summary: `${brought.name}: ${summaryOf({ ...results, notes: [] })}`,
    verdict: results.verdict,
  };
}
