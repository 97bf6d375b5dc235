import type { Run, StageRecord } from '../../documents/run.js';
import { endedStages } from '../../pipeline/status/ended-stages.js';
import { formatAge } from '../../report/format/dates.js';
import { secondsText } from '../../report/format/duration.js';
import { capital } from '../../report/format/words.js';
import { formatCount } from '../../report/format/numbers.js';
import { ownMoment } from './own-time.js';
import type { RunPage } from './run-pages.js';
import type { LiveRun } from '../runs/live-run.js';
import type { Icon } from './icons.js';
import { dotted, type Item } from '../tree-item.js';

/** Past runs, newest first, each with its stages; at their end a line for those that are not shown. */
export function runsFolder({ runs, of, more, text }: RunPage, live: LiveRun | undefined, now: Date): Item {
  const running = live?.finished === null ? live.id : undefined;
  const count = of > runs.length ? `${formatCount(runs.length)} of ${formatCount(of)}` : formatCount(of);
  const last = runs[0] && text === '' && `last ${formatAge(runs[0].startedAt, now)}`;
  const items = runs.map((run) => runItem(run, run.id === running, now));
  const none: Item = { id: 'runs#none', label: `No run of "${text}"`, icon: 'none' };
  return {
    id: 'runs',
    label: 'Runs',
    icon: 'history',
    description: of === 0 && text === '' ? 'none yet' : dotted(text && `"${text}"`, count, last),
    context: text === '' ? 'runs' : 'runs+searched',
    expanded: true,
    children: more ? [...items, moreItem(count)] : text !== '' && of === 0 ? [none] : items,
  };
}

const moreItem = (count: string): Item => ({
  ...{ id: 'runs#more', label: 'Load more', description: count, icon: 'more', click: 'mlops.loadMore' },
});

function runItem(run: Run, running: boolean, now: Date): Item {
  const results = run.stages
    .flatMap(({ outputs }) => outputs)
    .find(({ uri }) => uri.endsWith('monitoring_results.json'));
  const broke = run.status === 'failed' || run.status === 'interrupted';
  // A verdict from before it broke is no answer of the whole run.
  const word = running ? 'running' : run.status === 'succeeded' ? (run.verdict ?? run.status) : run.status;
  return {
    id: `run/${run.id}`,
    label: ownMoment(run.startedAt, now),
    icon: running ? 'running' : runIcon(run),
    description: dotted(word, stagesText(run), formatAge(run.startedAt, now)),
    tooltip: run.error?.message,
    facts: [
      ['Run', run.id],
      ['Began', { at: run.startedAt }],
      ...(run.finishedAt === null ? [] : [['Ended', { at: run.finishedAt }] as const]),
    ],
    context: running ? 'run+running' : ['run', results && 'results', broke && 'failed'].filter(Boolean).join('+'),
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

/** Nothing of a run of everything that ended: most are such. */
function stagesText(run: Run): string {
  if (run.stages.length === 1) return run.stages[0]!.name;
  const done = run.stages.filter(({ status }) => status === 'succeeded' || status === 'skipped').length;
  return done === run.stages.length ? '' : `${done} of ${run.stages.length} stages`;
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
    description: dotted(status, summary || reason, seconds !== null && secondsText(seconds)),
    tooltip: dotted(reason, summary),
  };
}
