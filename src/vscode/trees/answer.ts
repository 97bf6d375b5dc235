import { formatAge, formatDay } from '../../report/format/dates.js';
import { capital, plural, versionWord } from '../../report/format/words.js';
import type { Status } from '../../pipeline/status/status.js';
import { brokenIn } from '../../pipeline/status/broken.js';
import type { Decision } from '../../documents/gates/verdict.js';
import type { LiveRun } from '../runs/live-run.js';
import { dotted, type Item } from '../tree-item.js';

export interface Asked {
  status: Pick<
    Status,
    'lastRun' | 'stages' | 'verdict' | 'verdictAt' | 'judgedVersion' | 'overrides' | 'alarms' | 'environment'
  >;
  decision: Decision | null;
  live: LiveRun | undefined;
  now: Date;
}

/** Is everything well? Verdict and decision in a line, above all else; a line more only for what a person should know. */
export function answerItems(asked: Asked): Item[] {
  return [answerItem(asked), ...overrideItems(asked), ...alarmItems(asked)];
}

function answerItem({ status, decision, live, now }: Asked): Item {
  const { environment, verdict, verdictAt, judgedVersion } = status;
  const base = { id: 'answer' };
  if (live?.finished === null) {
    const stage = live.stages.find((one) => one.status === 'running');
    const share = stage?.share == null ? '' : `${Math.floor(stage.share * 100)} %`;
    const label = stage === undefined ? 'A run begins' : `Running: ${stage.name}`;
    return { ...base, label, icon: 'running', description: dotted(share, environment), tooltip: stage?.text };
  }
  const broken = brokenIn(status);
  const before = verdict === null ? undefined : `The last verdict was ${verdict}.`;
  if (broken !== null) {
    const { stage, status: how, reason, runId } = broken;
    const label = `${capital(stage ?? 'run')} ${how}`;
    const parts = {
      label,
      icon: how === 'failed' ? 'broke' : how,
      description: dotted(environment, ageOf(status, now)),
    } as const;
    const target = { kind: 'run', id: runId } as const;
    return { ...base, ...parts, tooltip: dotted(reason, before), target, click: 'mlops.openCause' };
  }
  if (verdict === null) {
    const tooltip = 'There is a verdict once the stage monitor has run.';
    return { ...base, label: 'No verdict yet', icon: 'never', description: environment, tooltip };
  }
  const version = judgedVersion === null ? 'the model' : versionWord(judgedVersion);
  const follows = decision === null ? '' : decision.action === 'retrain' ? 'retrain' : `keep ${version}`;
  return {
    ...base,
    label: dotted(capital(verdict), follows),
    icon: verdict,
    description: dotted(environment, verdictAt !== null && formatAge(verdictAt, now).replace(/ ago$/, '')),
    tooltip: decision?.reason,
    facts: verdictAt === null ? [] : [['Judged', { at: verdictAt }]],
    click: 'mlops.openReport',
  };
}

function ageOf({ lastRun }: Asked['status'], now: Date): string {
  return lastRun === null ? '' : formatAge(lastRun.startedAt, now).replace(/ ago$/, '');
}

const what = { forceRetrain: 'retrain', forceSkipRetrain: 'no retrain' } as const;

function overrideItems({ status, now }: Asked): Item[] {
  return status.overrides.map(({ name, reason, by, setAt, expiresAt }) => ({
    id: `answer/${name}`,
    label: `Override: ${what[name]}`,
    icon: 'warn',
    description: expiresAt === null ? 'until cleared' : `to ${formatDay(expiresAt, now)}`,
    tooltip: `${by}: ${reason}\nThe verdict stays what it is; only the decision follows the override.`,
    facts: [['Set', { at: setAt }], ...(expiresAt === null ? [] : [['Ends', { at: expiresAt }] as const])],
    links: [{ label: 'Clear override', click: 'mlops.clearOverride' }],
  }));
}

function alarmItems({ status }: Asked): Item[] {
  const names = status.alarms.filter(({ state }) => state === 'ALARM').map(({ name }) => name);
  if (names.length === 0) return [];
  const label = `${names.length} ${plural(names.length, 'alarm')}`;
  return [{ id: 'answer/alarms', label, icon: 'alarm', description: 'see Alarms below', tooltip: names.join('\n') }];
}
