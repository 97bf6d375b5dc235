import type { Confusion } from '../../documents/evaluation.js';
import type { SweepView } from '../matrix-block.js';
import type { Absent } from '../view.js';
import type { ReportSource } from './report-source.js';

/** The sweep of a document, with the position that does what its recorded threshold does; null without one. */
export function sweepOf({ task, confusion, curves, threshold: recorded }: ReportSource): SweepView | null {
  const sweep = curves?.sweep;
  if (task !== 'binary' || !confusion || !sweep || sweep.threshold.length < 2) return null;
  const { threshold, tp, fp, fn, tn } = sweep;
  return { threshold, tp, fp, fn, tn, recorded: recordedPosition(threshold, recorded) };
}

/** Why the threshold of a matrix that is there cannot be moved; null where it can. */
export function withoutSweep(source: ReportSource): Absent | null {
  if (source.task !== 'binary' || !source.confusion || sweepOf(source)) return null;
  return { absent: 'No sweep over thresholds is recorded, so the threshold cannot be moved here.' };
}

/** A row is flagged at its score or above: the first of the rising thresholds that is not below the recorded one. */
function recordedPosition(thresholds: readonly number[], recorded: number | null): number {
  if (recorded === null) return 0;
  const at = thresholds.findIndex((threshold) => threshold >= recorded - 1e-12);
  return at < 0 ? thresholds.length - 1 : at;
}

export function confusionAt(sweep: SweepView, position: number): Confusion {
  return {
    tp: sweep.tp[position] ?? 0,
    fp: sweep.fp[position] ?? 0,
    fn: sweep.fn[position] ?? 0,
    tn: sweep.tn[position] ?? 0,
  };
}
