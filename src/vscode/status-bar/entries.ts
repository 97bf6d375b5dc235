import type { Override } from '../../documents/ledger.js';
import type { Verdict } from '../../documents/gates/verdict.js';
import type { Broken } from '../../pipeline/status/broken.js';
import { formatDay } from '../../report/format/dates.js';
import { answerWords } from '../../report/format/words.js';
import type { WatchState } from '../watching/watch-state.js';
import type { Entry } from './entry.js';
import { watchEntry } from './watch-entry.js';
import { nowText, type LiveRun } from '../runs/live-run.js';

export interface EntryInput {
  project: string;
  environment: string;
  kind: 'local' | 'aws';
  /** Of an account, as far as they are known. */
  region?: string;
  profile?: string;
  account?: string;
  readOnlyBecause: string | undefined;
  verdict: Verdict | null;
  /** What broke since: the verdict is of before. */
  broken: Broken | null;
  /** Why the project's file cannot be read: what is shown is from before. */
  unreadable?: string;
  overrides: readonly Override[];
  differing: readonly Override['name'][];
  live: LiveRun | undefined;
  watch: WatchState;
  now: Date;
}

const signs: Record<Verdict, string> = {
  pass: '$(check)',
  warn: '$(warning)',
  fail: '$(close)',
  inconclusive: '$(question)',
  error: '$(error)',
};
const short: Record<Override['name'], string> = { forceRetrain: 'retrain', forceSkipRetrain: 'skip retrain' };

/** The status bar from left to right; nothing is there that says nothing. */
export function statusEntries(input: EntryInput): Entry[] {
  const all = [whereEntry(input), verdictEntry(input), overrideEntry(input), settingsEntry(input)];
  return [...all, watchEntry(input.watch), writeEntry(input)].filter((entry) => entry !== undefined);
}

/** An account is never shown by a name alone: people have several that are called prod. */
function whereEntry({ environment, kind, region, profile, account, readOnlyBecause }: EntryInput): Entry {
  const mode = readOnlyBecause === undefined ? '' : ': read-only';
  const place = [environment, region, account].filter(Boolean).join(' · ');
  const lines = [
    `MLOps environment ${environment}: click to switch`,
    kind === 'aws' && `Account ${account ?? 'not known yet'}, ${region}${profile ? `, profile ${profile}` : ''}`,
    readOnlyBecause,
  ];
  return {
    id: 'environment',
    text: kind === 'aws' ? `$(cloud) AWS ${place}${mode}` : `$(record) ${environment}${mode}`,
    tooltip: lines.filter(Boolean).join('\n'),
    click: 'mlops.switchEnvironment',
  };
}

function verdictEntry({ project, verdict, broken, unreadable, live }: EntryInput): Entry | undefined {
  if (live) {
    const text = nowText(live);
    return {
      id: 'verdict',
      text: `$(loading~spin) ${project}: ${text}`,
      tooltip: `Run ${live.id}: ${text}`,
      click: 'mlops.showLog',
    };
  }
  const before = verdict === null ? '' : `\nThe last verdict was ${answerWords[verdict]}.`;
  if (unreadable !== undefined) {
    const tooltip = `${unreadable}${before}\nClick to go there.`;
    return { id: 'verdict', text: `$(error) ${project}: mlops.json cannot be read`, tooltip, click: 'mlops.openCause' };
  }
  if (broken !== null) {
    const { stage, status, reason, runId } = broken;
    return {
      id: 'verdict',
      text: `$(${status === 'failed' ? 'run-errors' : 'debug-disconnect'}) ${project}: ${stage ?? 'run'} ${status}`,
      tooltip: `Run ${runId}: ${reason}${before}\nClick for the cause.`,
      click: 'mlops.openCause',
    };
  }
  if (verdict === null) return undefined;
  const text = `${project}: ${answerWords[verdict]}`;
  return {
    id: 'verdict',
    text: `${signs[verdict]} ${text}`,
    tooltip: `Last verdict of ${text}; click for the report`,
    click: 'mlops.openReport',
  };
}

function overrideEntry({ overrides, now }: EntryInput): Entry | undefined {
  if (overrides.length === 0) return undefined;
  const said = overrides.map(
    ({ name, expiresAt }) => short[name] + (expiresAt ? ` until ${formatDay(expiresAt, now)}` : ''),
  );
  const why = overrides.map(({ name, by, reason }) => `${name}, by ${by}: ${reason}`);
  return {
    id: 'override',
    text: `$(warning) override: ${said.join(', ')}`,
    tooltip: [...why, 'The verdict does not change; only the decision does. Click to clear.'].join('\n'),
    click: 'mlops.clearOverride',
    warning: true,
  };
}

function settingsEntry({ differing }: EntryInput): Entry | undefined {
  if (differing.length === 0) return undefined;
  const names = differing.map((name) => `mlops.${name}`).join(', ');
  return {
    id: 'settings',
    text: '$(gear) override setting not applied',
    tooltip: `${names} says something else than this environment. Click to apply it or reset it.`,
    click: 'mlops.applySettings',
  };
}

/** While an account can be written to, it stays in sight. */
function writeEntry({ kind, environment, account, readOnlyBecause }: EntryInput): Entry | undefined {
  if (kind !== 'aws' || readOnlyBecause !== undefined) return undefined;
  const where = account === undefined ? environment : `${environment}, account ${account}`;
  return {
    id: 'write',
    text: '$(unlock) AWS: writing is on',
    tooltip: `Commands may change the AWS environment ${where}. Click to turn writing off.`,
    click: 'mlops.turnOffWriting',
    warning: true,
  };
}
