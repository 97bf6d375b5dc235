import type { Backtest } from '../../documents/gates/gate-backtest.js';
import type { Waiver } from '../../documents/ledger.js';
import type { MonitoringResults } from '../../documents/monitoring.js';
import type { GateResult, Verdict } from '../../documents/gates/verdict.js';
import { decide } from '../../gates/decide.js';
import { productionRules } from '../../gates/production-rules.js';
import type { ProjectFile } from '../../project/schema.js';
import { foreignRetrains, isForeignRun, verdictOfForeign, type ForeignRun } from '../foreign-runs.js';
import { judgeAgain } from './judge-again.js';
import { figuresOfForeignRun, judgeForeign, type ForeignFigures } from './judge-foreign.js';

type Replayed = Backtest['runs'][number];

/**
 * What rules would have said to stored results, oldest first, beside what was said then. Waivers are those that counted
 * in the run itself; overrides are left aside. Nothing is written.
 * @param baseline of the version that another system serves, for its runs
 */
export function backtest(
  { monitor }: Pick<ProjectFile, 'monitor'>,
  results: readonly (MonitoringResults | ForeignRun)[],
  asked: Pick<Backtest, 'since' | 'until' | 'settings'>,
  baseline: ForeignFigures['baseline'] = {},
): Backtest {
  const replays = results.map((stored) =>
    isForeignRun(stored) ? replayForeign({ monitor }, stored, baseline) : replay({ monitor }, stored),
  );
  const runs = replays.map(({ run }) => run);
  const count = (of: (run: Replayed) => boolean) => runs.filter(of).length;
  return {
    kind: 'gate-backtest',
    schemaVersion: 1,
    ...asked,
    runs,
    summary: {
      runs: runs.length,
      then: tally(runs.map(({ then }) => then)),
      now: tally(runs.map(({ now }) => now)),
      retrainThen: count(({ retrainThen }) => retrainThen),
      retrainNow: count(({ retrainNow }) => retrainNow),
      gates: productionRules(monitor.gates).judged.map(({ id, rule }) => ({
        id,
        rule,
        failedThen: times(replays, 'then', id, 'fail'),
        failedNow: times(replays, 'now', id, 'fail'),
        inconclusiveNow: times(replays, 'now', id, 'inconclusive'),
      })),
    },
  };
}

interface Replay {
  run: Replayed;
  then: readonly GateResult[];
  now: readonly GateResult[];
}

function replay(file: Pick<ProjectFile, 'monitor'>, stored: MonitoringResults): Replay {
  const at = new Date(stored.run_timestamp);
  const { gates, verdict, soft } = judgeAgain(file, stored, waiversThen(stored), at);
  const { alreadyRetrained = false } = stored;
  const asks = (answer: Pick<MonitoringResults, 'verdict' | 'gates' | 'soft'>) =>
    decide({ ...answer, overrides: [], now: at, alreadyRetrained }).action === 'retrain';
  const run = {
    date: stored.run_timestamp,
    runId: stored.runId,
    modelVersion: stored.modelVersion,
    then: stored.verdict,
    now: verdict,
    retrainThen: asks(stored),
    retrainNow: asks({ verdict, gates, soft: soft === null ? null : { ...soft } }),
    changed: changes(stored.gates, gates),
  };
  return { run, then: stored.gates, now: gates };
}

/** Another system's gates are not ours by name: what it said then is its verdict alone. */
function replayForeign(
  file: Pick<ProjectFile, 'monitor'>,
  stored: ForeignRun,
  baseline: ForeignFigures['baseline'],
): Replay {
  const { at = '' } = stored;
  const now = at === '' ? new Date(0) : new Date(at);
  const outcome = judgeForeign(file, figuresOfForeignRun(stored.found, baseline), [], now);
  const { gates, verdict, soft } = outcome;
  const decided = decide({
    verdict,
    gates,
    soft: soft === null ? null : { ...soft },
    overrides: [],
    now,
    alreadyRetrained: false,
  });
  const run = {
    ...{ date: at, runId: stored.key, modelVersion: 'of another system' },
    ...{ then: verdictOfForeign(stored), now: verdict },
    ...{ retrainThen: foreignRetrains(stored), retrainNow: decided.action === 'retrain' },
    changed: [],
  };
  return { run, then: [], now: gates };
}

function waiversThen({ gates, run_timestamp: setAt }: MonitoringResults): Waiver[] {
  return gates.flatMap(({ id, waived }) => (waived == null ? [] : [{ gate: id, ...waived, setAt }]));
}

function changes(then: readonly GateResult[], now: readonly GateResult[]): Replayed['changed'][number][] {
  const ids = [...new Set([...now, ...then].map(({ id }) => id))];
  return ids.flatMap((gate) => {
    const [before, after] = [then, now].map((gates) => gates.find(({ id }) => id === gate));
    if (before?.status === after?.status) return [];
    const message = (after ?? before)!.message;
    return [{ gate, then: before?.status ?? null, now: after?.status ?? null, message }];
  });
}

function times(replays: readonly Replay[], side: 'then' | 'now', id: string, answer: Verdict): number {
  return replays.filter((one) => one[side].some((gate) => gate.id === id && gate.status === answer)).length;
}

function tally(verdicts: readonly Verdict[]): Partial<Record<Verdict, number>> {
  const counts: Partial<Record<Verdict, number>> = {};
  for (const verdict of verdicts) counts[verdict] = (counts[verdict] ?? 0) + 1;
  return counts;
}
