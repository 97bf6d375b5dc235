import { sizeText } from '../../common/size-text.js';
import type { Run, RunEvent, StageName } from '../../documents/run.js';
import { formatCount } from '../../report/format/numbers.js';
import { firstLine } from '../tree-item.js';

export interface LiveStage {
  name: StageName;
  status: 'waiting' | 'running' | 'succeeded' | 'skipped' | 'failed' | 'not-run';
  /** "1,200 of 3,000 rounds", or why it was skipped or failed. */
  text: string;
  /** 0–1; null when nobody knows how much there is. */
  share: number | null;
}

/** A run as its events tell it so far. */
export interface LiveRun {
  id: string;
  pid: number | null;
  stages: LiveStage[];
  /** The last thing it said that belongs to no stage, such as whom it waits for. */
  note: string;
  finished: Run | null;
}

export function newLiveRun(id: string, stages: readonly StageName[] = []): LiveRun {
  return { id, pid: null, stages: stages.map(waiting), note: '', finished: null };
}

/** The run after one more event. */
export function afterEvent(run: LiveRun, event: RunEvent): LiveRun {
  switch (event.type) {
    case 'run-started':
      return { ...run, pid: event.pid, stages: event.stages.map(waiting), note: '' };
    case 'stage-started':
      return withStage(run, { name: event.stage, status: 'running', text: event.reason, share: null });
    case 'progress':
      return withStage(run, { name: event.stage, status: 'running', ...progressOf(event) });
    case 'message':
      return event.stage === null ? { ...run, note: event.text } : withMessage(run, event.stage, event.text);
    case 'stage-finished': {
      const { name, status, reason } = event.record;
      return withStage(run, { name, status, text: reason, share: null });
    }
    case 'run-finished':
      return { ...run, finished: event.run };
  }
}

function waiting(name: StageName): LiveStage {
  return { name, status: 'waiting', text: '', share: null };
}

function withStage(run: LiveRun, stage: LiveStage): LiveRun {
  return { ...run, stages: run.stages.map((known) => (known.name === stage.name ? stage : known)) };
}

/** What a stage says stands until it says more: a job in an account tells its name and its log, and no progress. */
function withMessage(run: LiveRun, stage: StageName, text: string): LiveRun {
  const stages = run.stages.map((known) => (known.name === stage ? { ...known, text: firstLine(text) } : known));
  return { ...run, stages };
}

type Progress = Extract<RunEvent, { type: 'progress' }>;

function progressOf({ unit, done, total, message }: Progress): Pick<LiveStage, 'text' | 'share'> {
  const known = total !== null && total > 0;
  const amount = known ? `${amountOf(done, unit)} of ${amountOf(total, unit)}` : amountOf(done, unit);
  const figures = unit === 'bytes' ? amount : `${amount} ${unit}`;
  return { text: message ? `${message}: ${figures}` : figures, share: known ? Math.min(1, done / total) : null };
}

function amountOf(value: number, unit: string): string {
  return unit === 'bytes' ? sizeText(value) : formatCount(value);
}

/** The stage that works now, with what it says: "train: 1,200 of 3,000 rounds". */
export function nowText(run: LiveRun): string {
  const running = run.stages.find(({ status }) => status === 'running');
  if (running === undefined) return run.note || 'starting';
  return running.text ? `${running.name}: ${running.text}` : running.name;
}
