import type { Run, StageName } from '../../documents/run.js';
import { endedStages } from './ended-stages.js';
import type { Status } from './status.js';

/** A stage that broke, or was broken off, and has not ended well since. */
export interface Broken {
  runId: string;
  stage: StageName | null;
  status: 'failed' | 'interrupted';
  reason: string;
}

/**
 * What stands between the last verdict and now: the newest run when it broke, else the newest stage whose success is
 * older than its failure. Null when there is none; a run that its user cancelled is none.
 */
export function brokenIn({ lastRun, stages }: Pick<Status, 'lastRun' | 'stages'>): Broken | null {
  const newest = lastRun === null ? null : brokenRun(lastRun);
  if (newest !== null) return newest;
  const failed = stages.flatMap(({ name: stage, failure }) =>
    failure === null || failure.status === 'cancelled' ? [] : [{ ...failure, status: failure.status, stage }],
  );
  const last = failed.sort((left, right) => (left.runId < right.runId ? 1 : -1))[0];
  if (last === undefined) return null;
  const { runId, stage, status, reason } = last;
  return { runId, stage, status, reason };
}

function brokenRun(run: Run): Broken | null {
  if (run.status !== 'failed' && run.status !== 'interrupted') return null;
  const stage = endedStages(run).find(({ status }) => status === 'failed');
  const reason = run.error?.message ?? stage?.reason ?? run.status;
  return { runId: run.id, stage: stage?.name ?? null, status: run.status, reason };
}
