import type { Run, StageRecord } from '../../documents/run.js';
import { endedStages } from '../../pipeline/status/ended-stages.js';
import { formatAge, formatMoment } from '../../report/format/dates.js';
import { capital } from '../../report/format/words.js';
import type { LiveRun } from '../runs/live-run.js';
import type { Icon } from './icons.js';
import { dotted, type Item } from '../tree-item.js';

/** Past runs, newest first, each with its stages. */
export function runsFolder(runs: readonly Run[], live: LiveRun | undefined, now: Date): Item {
  const running = live?.finished === null ? live.id : undefined;
  return {
    id: 'runs',
    label: 'Runs',
    icon: 'history',
    description: runs.length === 0 ? 'none yet' : `${runs.length}, last ${formatAge(runs[0]!.startedAt, now)}`,
    context: 'runs',
    children: runs.map((run) => runItem(run, run.id === running, now)),
  };
}

function runItem(run: Run, running: boolean, now: Date): Item {
  const results = run.stages
    .flatMap(({ outputs }) => outputs)
    .find(({ uri }) => uri.endsWith('monitoring_results.json'));
  const broke = run.status === 'failed' || run.status === 'interrupted';
  const word = running ? 'running' : (run.verdict ?? run.status);
  return {
    id: `run/${run.id}`,
    label: formatMoment(run.startedAt),
    icon: running ? 'running' : runIcon(run),
    description: dotted(run.status === 'failed' ? 'failed' : word, stagesText(run), formatAge(run.startedAt, now)),
    tooltip: dotted(run.id, run.error?.message),
    context: running ? 'run+running' : results ? 'run+results' : broke ? 'run+failed' : 'run',
    target: { kind: 'run', id: run.id, results: results?.uri },
    ...(results ? { click: 'mlops.openAsReport' } : broke && { click: 'mlops.openCause' }),
    children: (running ? run.stages : endedStages(run))
      .filter(({ status }) => status !== 'not-run')
      .map((stage) => stageItem(run.id, stage)),
  };
}

function runIcon(run: Run): Icon {
  switch (run.status) {
    case 'running':
    case 'interrupted':
      return 'interrupted';
    case 'failed':
      return 'broke';
    case 'cancelled':
      return 'cancelled';
    case 'succeeded':
      return run.verdict ?? 'pass';
  }
}

function stagesText(run: Run): string {
  const done = run.stages.filter(({ status }) => status === 'succeeded' || status === 'skipped').length;
  return `${done} of ${run.stages.length} ${run.stages.length === 1 ? 'stage' : 'stages'}`;
}

const stageIcons: Record<StageRecord['status'], Icon> = {
  running: 'interrupted',
  succeeded: 'pass',
  skipped: 'pass',
  failed: 'broke',
  'not-run': 'never',
};

function stageItem(runId: string, { name, status, reason, seconds, figures }: StageRecord): Item {
  const summary = typeof figures.summary === 'string' ? figures.summary : '';
  return {
    id: `run/${runId}/${name}`,
    label: capital(name),
    icon: stageIcons[status],
    description: dotted(status, summary || reason, seconds !== null && durationText(seconds)),
    tooltip: dotted(reason, summary),
  };
}

/** "0.4 s", "12 s", "3 min 5 s". */
export function durationText(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
