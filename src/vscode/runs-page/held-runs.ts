import { listRuns } from '../../operations/runs/list.js';
import { runLine, type RunLine } from '../../report/runs/run-line.js';
import { quietly } from '../session/quietly.js';
import type { Current } from '../session/session.js';

/** Records travel in pieces of so many, so that the first rows are there at once. */
const piece = 200;

export interface HeldRuns {
  /** What was read so far, newest first. */
  readonly lines: readonly RunLine[];
  /** How many runs there are in all. */
  readonly all: number;
  /** Reads what is new and, the first time, all that there is, piece by piece; callers at the same moment share a reading. */
  refresh: () => Promise<void>;
  stop: () => void;
}

/** The runs of an environment as lines, a few hundred bytes each; their records are read once and let go. */
export function holdRuns(current: Current, onChange: () => void): HeldRuns {
  const known = new Map<string, RunLine>();
  const stop = new AbortController();
  const at = { ...quietly(current), signal: stop.signal };
  let lines: RunLine[] = [];
  let all = 0;
  let whole = false;
  let reading: Promise<void> | undefined;

  async function read(): Promise<void> {
    for (let before: string | undefined, more = true; more;) {
      const { runs, total, next } = await listRuns.run(at, { limit: piece, before });
      // What worked when it was read last has moved on; everything older is as it was.
      const isKnown = whole && runs.some(({ id }) => known.has(id) && known.get(id)!.outcome !== 'running');
      for (const run of runs) known.set(run.id, runLine(run));
      all = total;
      lines = [...known.values()].sort((left, right) => (left.id < right.id ? 1 : -1));
      onChange();
      more = next !== null && !isKnown;
      before = next ?? undefined;
    }
    whole = true;
  }
  return {
    get lines() {
      return lines;
    },
    get all() {
      return all;
    },
    refresh: () => (reading ??= read().finally(() => (reading = undefined))),
    stop: () => stop.abort(),
  };
}
