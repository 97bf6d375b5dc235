import type { MonitoringResults } from '../../documents/monitoring.js';
import type { Override } from '../../documents/ledger.js';
import type { Run, StageFailure, StageName, StageRecord } from '../../documents/run.js';
import type { Decision, Verdict } from '../../documents/gates/verdict.js';
import type { Status, StageStatus } from '../../pipeline/status/status.js';
import { formatAge, formatDay } from '../../report/format/dates.js';
import { capital } from '../../report/format/words.js';
import type { LiveRun, LiveStage } from '../runs/live-run.js';
import type { Icon } from './icons.js';
import { endedStages } from '../../pipeline/status/ended-stages.js';
import { dotted, firstLine, type Item } from '../tree-item.js';
import { stageWords } from './stage-words.js';
import type { RunPage } from './run-pages.js';
import { runsFolder } from './runs.js';

export interface PipelineState {
  status: Pick<Status, 'stages' | 'verdict' | 'verdictRunId' | 'overrides'>;
  /** The results that the verdict is of. */
  results: MonitoringResults | undefined;
  /** What holds now, under the overrides of the moment. */
  decision: Decision | null;
  /** The newest, newest first. */
  runs: Run[];
  /** Those that are shown; absent: the newest. */
  page?: RunPage;
  /** The run that works now, as its events tell it. */
  live: LiveRun | undefined;
  /** What of a stranger's `.mlops` is not believed here, in a sentence. */
  strange: string | undefined;
  now: Date;
}

/** The stages with what they last did, and the runs before; first, quietly, what came with a clone and is not used. */
export function pipelineItems(state: PipelineState): Item[] {
  const page = state.page ?? { runs: state.runs, of: state.runs.length, more: false, text: '' };
  const stages = state.status.stages.map((stage) => stageItem(stage, state));
  return [...strangeItem(state), ...stages, runsFolder(page, state.live, state.now)];
}

function strangeItem({ strange }: PipelineState): Item[] {
  if (strange === undefined) return [];
  const parts = {
    label: '.mlops is a stranger’s',
    description: 'not trusted',
  };
  return [
    {
      id: 'pipeline/strange',
      ...parts,
      icon: 'warn',
      tooltip: `${strange}; its endpoints, leases and secrets are not used, and a run makes it yours`,
    },
  ];
}

function stageItem(stage: StageStatus, state: PipelineState): Item {
  const { name } = stage;
  const base = { id: `stage/${name}`, label: capital(name), target: { kind: 'stage', stage: name } as const };
  const live = state.live?.finished === null ? state.live.stages.find((one) => one.name === name) : undefined;
  const now = live && liveParts(live);
  if (now) return { ...base, ...now, context: 'stage+running' };
  const last = lastRecord(stage, state);
  const failure = failureOf(stage, last);
  if (failure) return { ...base, ...failedParts(failure, state), ...causeOf(name, failure) };
  return {
    ...base,
    ...settledParts(stage, last, state),
    context: `stage+${name}`,
    ...(opensReport(name, state) && { click: 'mlops.openReport' }),
  };
}

type Parts = Pick<Item, 'icon' | 'description' | 'tooltip' | 'facts' | 'links'>;

function liveParts({ status, text, share }: LiveStage): Parts | undefined {
  if (status === 'waiting') return { icon: 'waiting', description: 'waiting' };
  if (status !== 'running') return undefined;
  const percent = share === null ? '' : `${Math.floor(share * 100)} %`;
  return { icon: 'running', description: dotted('running', percent, text), tooltip: text };
}

function settledParts(stage: StageStatus, last: LastRecord | undefined, state: PipelineState): Parts {
  const age = stage.finishedAt === null ? '' : formatAge(stage.finishedAt, state.now);
  if (stage.name === 'retrain') return retrainParts(stage, age, state);
  if (stage.finishedAt === null) return { icon: 'never', description: 'not run yet' };
  const skipped = last?.record.status === 'skipped' && `skipped, ${last.record.reason}`;
  return {
    icon: stage.damage.length > 0 ? 'warn' : stage.name === 'monitor' ? verdictIcon(state.status.verdict) : 'pass',
    description: dotted(stageWords(stage, state.results), skipped, age),
    tooltip: [...stage.damage, stage.summary, skipped].filter(Boolean).join('\n'),
    facts: [['Finished', { at: stage.finishedAt }], ...(stage.runId === null ? [] : [['Run', stage.runId] as const])],
    ...(stage.name === 'monitor' && { links: [{ label: 'Open report', click: 'mlops.openReport' }] }),
  };
}

/** What is recorded; of a stage that never succeeded, and of a run that was killed just now, the run's record tells. */
function failureOf(stage: StageStatus, last: LastRecord | undefined): StageFailure | null {
  if (last?.record.status !== 'failed') return stage.failure;
  const { run, record } = last;
  const status = run.status === 'cancelled' || run.status === 'interrupted' ? run.status : 'failed';
  return { runId: run.id, at: run.finishedAt ?? run.startedAt, status, reason: record.reason };
}

function failedParts({ runId, status, reason, at }: StageFailure, { runs, now }: PipelineState): Parts {
  const age = formatAge(at, now);
  if (status !== 'failed') return { icon: status, description: dotted(status, age) };
  const about = runs.find(({ id }) => id === runId)?.error?.about;
  const line = about?.kind === 'project-file' && about.line;
  const place = line ? `go to line ${line}` : firstLine(reason);
  return { icon: 'broke', description: dotted('failed', place, age), tooltip: reason };
}

/** A click on what broke leads to where it is mended; what its user ended needs no mending. */
function causeOf(name: StageName, { runId, status }: StageFailure): Pick<Item, 'target' | 'context' | 'click'> {
  if (status === 'cancelled') return { context: `stage+${name}` };
  const target = { kind: 'stage', stage: name, failedIn: runId } as const;
  return { target, context: `stage+${name}+failed`, click: 'mlops.openCause' };
}

/** Retraining follows from a decision, so its line says what is decided before what was done. */
function retrainParts(stage: StageStatus, age: string, state: PipelineState): Parts {
  const { decision, now } = state;
  const done = stage.summary === null ? null : dotted(stageWords(stage, state.results), age);
  if (decision === null) return { icon: 'never', description: done ?? 'nothing decided yet' };
  if (decision.action === 'retrain') {
    const settled = doneSince(stage, state);
    if (settled) return { icon: 'pass', description: dotted(settled, age), tooltip: decision.reason };
    return {
      icon: 'warn',
      description: dotted('due', decision.by === 'override' && 'by override'),
      tooltip: decision.reason,
    };
  }
  if (decision.by === 'override') {
    return {
      icon: 'held',
      description: `held ${untilText(state.status.overrides, now)}`,
      tooltip: decision.reason,
    };
  }
  if (decision.by === 'hold')
    return { icon: 'inconclusive', description: 'held, no clear verdict', tooltip: decision.reason };
  return { icon: 'pass', description: done ?? 'not needed', tooltip: decision.reason };
}

/** What came of the decision, when the run that made it or a later one has acted on it; null while it is due. */
function doneSince({ runId, summary }: StageStatus, { status: { verdictRunId } }: PipelineState): string | null {
  const done = runId !== null && verdictRunId !== null && runId >= verdictRunId;
  return done ? (summary?.split(':', 1)[0] ?? 'done') : null;
}

function untilText(overrides: readonly Override[], now: Date): string {
  const skip = overrides.find(({ name }) => name === 'forceSkipRetrain');
  return skip?.expiresAt ? `to ${formatDay(skip.expiresAt, now)}` : 'until cleared';
}

interface LastRecord {
  run: Run;
  record: StageRecord;
}

/** The newest run that did something with a stage, if that is not older than what is recorded of the stage. */
function lastRecord({ name, runId }: StageStatus, { runs, live }: PipelineState): LastRecord | undefined {
  for (const run of runs) {
    if (run.id === live?.id && live.finished === null) continue;
    if (runId !== null && run.id < runId) return undefined;
    const record = endedStages(run).find((stage) => stage.name === name);
    if (record !== undefined && record.status !== 'not-run') return { run, record };
  }
  return undefined;
}

function opensReport(name: StageName, { status }: PipelineState): boolean {
  return status.verdict !== null && (name === 'monitor' || name === 'retrain');
}

function verdictIcon(verdict: Verdict | null): Icon {
  return verdict ?? 'never';
}
