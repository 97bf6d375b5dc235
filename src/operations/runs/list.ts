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

export interface RunsWish {
  limit: number;
  /** Only runs older than this one: how a long list is read a piece at a time. */
  before?: string;
}

/** So many records are read at the same time. */
const atOnce = 16;

/**
 * The newest runs, newest first, and beside the first of them the monitoring runs of other systems; a record that is
 * damaged is named and left out. `total`: all runs that there are; `next`: what to ask for those before, null at the end.
 */
export const listRuns = reads('runs.list', async ({ environment, signal, warn }, { limit, before }: RunsWish) => {
  const all = await runIds(environment);
  const older = before === undefined ? all : all.filter((id) => id < before);
  const ids = older.slice(0, limit);
  const runs: Run[] = [];
  for (let at = 0; at < ids.length; at += atOnce) {
    signal.throwIfAborted();
    const some = ids.slice(at, at + atOnce).map((id) => orLeftOut(warn, readRun(environment, id)));
    runs.push(...(await Promise.all(some)).filter((run) => run !== undefined));
  }
  const others = before === undefined ? await foreignRuns(environment, { signal }) : [];
  const foreign = others.slice(-limit).reverse().map(foreignLine);
  return answer('runs', { runs, foreign, total: all.length, next: older.length > limit ? ids.at(-1)! : null });
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
