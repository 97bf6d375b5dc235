import { keys } from '../../documents/keys.js';
import type { MonitoringResults } from '../../documents/monitoring.js';
import { predictionsCsv } from '../evaluating/predictions.js';
import type { ReadVersion } from '../evaluating/read-version.js';
import type { StageContext } from '../stage.js';
import { writeDocument } from '../store.js';
import type { Judgement } from './judge-rows.js';
import { writeMonitoredRows } from './monitored-rows.js';
import { retrainTriggerOf } from './retrain-trigger.js';

/** Writes what a verdict was, the rows behind it, and the trigger where retraining is decided. */
export async function recordResults(
  context: StageContext,
  {
    version,
    judged,
    results,
    stamp,
  }: { version: ReadVersion; judged: Judgement; results: MonitoringResults; stamp: string },
): Promise<void> {
  const { project, writers } = context;
  await writers.objects.put(keys.predictions(stamp), predictionsCsv(judged, version.bundle));
  await writeMonitoredRows(context, judged, version.bundle, keys.monitoredRows(stamp));
  await writeDocument(writers.objects, keys.monitoringRun(stamp), results);
  if (results.decision.action === 'retrain') {
    const trigger = retrainTriggerOf(results, project.file.endpoint.name);
    await writeDocument(writers.objects, keys.retrainTrigger(stamp), trigger);
  }
}

/** What the record of a run says of a verdict. */
export function figuresOf(results: MonitoringResults) {
  return {
    verdict: results.verdict,
    decision: results.decision.action,
    decidedBy: results.decision.by,
    modelVersion: results.modelVersion,
    n: results.n,
    unlabelled: results.unlabelled ?? null,
    ...results.metrics,
  };
}

/** A verdict in one sentence: "fail: recall was 0.62, must be at least 0.70". */
export function summaryOf(results: MonitoringResults): string {
  return [`${answerOf(results)}${unlabelledText(results)}`, ...(results.notes ?? [])].join('; ');
}

function unlabelledText({ unlabelled = 0, labelsDue }: MonitoringResults): string {
  if (unlabelled === 0) return '';
  const due = labelsDue == null ? '' : `, the last is due ${labelsDue.slice(0, 10)}`;
  return ` (${unlabelled} rows have no label yet${due}: they count for drift and nulls alone)`;
}

function answerOf(results: MonitoringResults): string {
  const { gates, soft, verdict } = results;
  const hard = gates.find(({ level, status }) => level === 'hard' && status === verdict);
  if (hard === undefined && soft?.status === verdict && soft.failed > 0) {
    const which = gates
      .filter(({ level, status }) => level === 'soft' && status === 'fail')
      .map(({ message }) => message);
    return [`${verdict}: ${soft.failed} of ${soft.of} soft gates failed`, ...which].join(': ');
  }
  const worst = hard ?? gates.find(({ status }) => status === verdict) ?? gates.find(({ status }) => status !== 'pass');
  return worst === undefined ? verdict : `${verdict}: ${worst.message}`;
}
