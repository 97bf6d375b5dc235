import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../../common/errors.js';
import type { PipelineEvaluation } from '../../documents/job.js';
import { keys } from '../../documents/keys.js';
import type { MonitoringResults } from '../../documents/monitoring.js';
import { BUNDLE_FILES } from '../../models/bundle/bundle-files.js';
import type { ObjectReader } from '../../platform/ports/objects.js';
import type { JobLayout } from './layout.js';

/** As much of a reason as the platform keeps. */
const reasonLength = 1024;

/** Leaves a failure's reason where the platform looks for it, so that the one who started the job reads it. */
export async function writeFailure(layout: Pick<JobLayout, 'output'>, error: unknown): Promise<void> {
  const text = messageOf(error).slice(0, reasonLength);
  await mkdir(layout.output, { recursive: true });
  for (const name of ['failure', 'message']) await writeFile(join(layout.output, name), text);
}

/** Leaves a registered version's model where the platform packs it. */
export async function writeModel(layout: JobLayout, objects: ObjectReader, version: string): Promise<void> {
  await mkdir(layout.model, { recursive: true });
  for (const name of BUNDLE_FILES) {
    const bytes = await objects.read(keys.model(version) + name);
    // A training program may have left a model under that name, which is not the one that was chosen.
    if (bytes === undefined) await rm(join(layout.model, name), { force: true });
    else await writeFile(join(layout.model, name), bytes);
  }
}

/** Leaves a document in one of a processing job's outputs. */
export async function writeOutput(layout: JobLayout, output: string, name: string, document: object): Promise<void> {
  const folder = join(layout.outputs, output);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, name), `${JSON.stringify(document, null, 2)}\n`);
}

/**
 * Monitoring results as the pipeline's condition reads them. `RETRAIN` is the decision, overrides included; `HEALTHY` is
 * a verdict that passed, or one that failed and whose retraining somebody suppressed, as the template has it. What could
 * not be judged is neither, whatever was suppressed. Figures that could not be computed stay null.
 */
export function evaluationOf(
  results: MonitoringResults,
  forced: { forceRetrain: boolean; forceSkipRetrain: boolean },
): PipelineEvaluation {
  const { metrics, confusion_matrix: matrix } = results;
  return {
    status: statusOf(results),
    verdict: results.verdict,
    recall: metrics.recall ?? null,
    precision: metrics.precision ?? null,
    roc_auc: metrics.roc_auc ?? null,
    avg_precision: metrics.average_precision ?? null,
    tp: matrix?.tp ?? null,
    fp: matrix?.fp ?? null,
    fn: matrix?.fn ?? null,
    tn: matrix?.tn ?? null,
    degraded: results.gates.filter(({ status }) => status === 'fail').map(({ id }) => id),
    reasons: results.retrain_reasons.length > 0 ? results.retrain_reasons : [results.decision.reason],
    samples: results.n,
    force_retrain: forced.forceRetrain,
    force_skip_retrain: forced.forceSkipRetrain,
  };
}

function statusOf({ verdict, decision }: MonitoringResults): PipelineEvaluation['status'] {
  if (decision.action === 'retrain') return 'RETRAIN';
  if (verdict === 'inconclusive' || verdict === 'error') return 'INCONCLUSIVE';
  return verdict === 'fail' && decision.by !== 'override' ? 'FAILED' : 'HEALTHY';
}
