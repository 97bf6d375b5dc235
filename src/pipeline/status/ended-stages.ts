import type { Run, StageRecord } from '../../documents/run.js';

/** A record is written after each stage, so a run that was killed does not say in which: the first that it did not end. */
export function endedStages({ status, stages }: Run): StageRecord[] {
  if (status !== 'interrupted') return stages;
  const killed = stages.findIndex((stage) => stage.status === 'not-run' || stage.status === 'running');
  return stages.map((stage, index) =>
    index === killed ? { ...stage, status: 'failed', reason: 'interrupted' } : stage,
  );
}
