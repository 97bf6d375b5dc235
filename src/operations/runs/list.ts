import type { Run } from '../../documents/run.js';
import { foreignRuns, type ForeignRun } from '../../pipeline/foreign-runs.js';
import { readRun, runIds } from '../../pipeline/run-record.js';
import { answer } from '../answer.js';
import { orLeftOut } from '../left-out.js';
import { reads } from '../operation.js';

/** A monitoring run of another system: what it says of itself. */
export interface ForeignLine {
  key: string;
  at: string | null;
  answer: string;
  reasons: string[];
}

/** The newest runs, newest first, and the monitoring runs of other systems; a record that is damaged is named and left out. */
export const listRuns = reads('runs.list', async ({ environment, signal, warn }, { limit }: { limit: number }) => {
  const runs: Run[] = [];
  for (const id of (await runIds(environment)).slice(0, limit)) {
    signal.throwIfAborted();
    const run = await orLeftOut(warn, readRun(environment, id));
    if (run !== undefined) runs.push(run);
  }
  const foreign = (await foreignRuns(environment, { signal })).slice(-limit).reverse().map(foreignLine);
  return answer('runs', { runs, foreign });
});

function foreignLine({ key, at: when, found }: ForeignRun): ForeignLine {
  const at = when ?? null;
  if (found.kind === 'foreign-answer') {
    const { status, reasons } = found.document;
    return { key, at, answer: status.toLowerCase(), reasons };
  }
  const { retrain_needed: needed, retrain_reasons: reasons } = found.document;
  return { key, at, answer: needed ? 'retrain' : 'healthy', reasons };
}
