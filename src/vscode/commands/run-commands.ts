import * as vscode from 'vscode';
import { stageNames, type Run, type StageName } from '../../documents/run.js';
import type { EngineRequest } from '../editor-services.js';
import type { Overrides } from '../overrides/overrides.js';
import { decisionNow } from '../../gates/decision-now.js';
import type { Followed } from '../runs/follow.js';
import type { Runs } from '../runs/runs.js';
import type { Snapshots } from '../snapshot.js';
import { ProjectFileError } from '../../common/errors.js';
import { firstLine, type Item } from '../tree-item.js';
import { errorFrom } from '../../documents/errors/error-about.js';
import { tellWhenExpired } from '../session/expired.js';
import { tellWhenUntrusted } from '../session/untrusted.js';
import { saidIn } from './arguments.js';
import { showError, type Handlers } from './register.js';
import type { CommandId } from '../command-table.js';

type RunCommands = Pick<Handlers, 'mlops.run' | `mlops.${StageName}` | 'mlops.cancelRun'>;
interface RunWords {
  options: EngineRequest['options'];
}
/** What a caller learns of the run that it started. */
export type RunAnswer = Pick<Run, 'id' | 'status' | 'verdict' | 'stages'>;

export function runCommands(runs: Runs, snapshots: Snapshots, overrides: Overrides): RunCommands {
  const start = async (stages: StageName[], options: EngineRequest['options'] = {}): Promise<RunAnswer | undefined> => {
    const followed = await runs.start(stages, options);
    await snapshots.refresh();
    tellIfNeeded(followed);
    const { run } = followed;
    return run && { id: run.id, status: run.status, verdict: run.verdict, stages: run.stages };
  };
  const stage = (name: StageName) => (argument: unknown) => start([name], saidIn<RunWords>(argument).options);
  return {
    'mlops.run': (argument) => start([...stageNames], saidIn<RunWords>(argument).options),
    'mlops.ingest': stage('ingest'),
    'mlops.features': stage('features'),
    'mlops.train': stage('train'),
    'mlops.deploy': stage('deploy'),
    'mlops.monitor': stage('monitor'),
    'mlops.retrain': async (argument) => {
      const options = saidIn<RunWords>(argument).options ?? (await askRetrain(snapshots, overrides));
      return options && start(['retrain'], options);
    },
    'mlops.cancelRun': () => runs.cancel(),
  };
}

/** By hand, retraining may go against what is decided: then it is asked, with the reason. undefined: not after all. */
async function askRetrain(snapshots: Snapshots, overrides: Overrides): Promise<RunWords['options'] | undefined> {
  const { status, results } = await snapshots.get();
  const decision = results && decisionNow(results, status.overrides, new Date());
  if (decision?.action === 'retrain' || decision === undefined) return {};
  const held = status.overrides.some(({ name }) => name === 'forceSkipRetrain');
  const yes = held ? 'Clear Override and Retrain' : 'Retrain';
  const detail = `The decision is to keep the model: ${decision.reason}.`;
  const answer = await vscode.window.showWarningMessage(`Retrain ${status.project} now?`, { modal: true, detail }, yes);
  if (answer !== yes) return undefined;
  if (held) await overrides.clearBoth('forceSkipRetrain', 'retraining was asked for by hand');
  return { forceRetrain: true, reason: 'asked for by hand' };
}

/** With the way to where it is mended. */
function tellFailed({ id }: Run, reason: string, error: unknown): void {
  const line = error instanceof ProjectFileError ? error.at?.line : undefined;
  const go = line === undefined ? 'Show Cause' : `Go to Line ${line}`;
  void vscode.window.showErrorMessage(`Run failed: ${reason}`, go).then((answer) => {
    const item = { id: `run/${id}`, label: id, icon: 'none', target: { kind: 'run', id } } satisfies Item;
    if (answer) void vscode.commands.executeCommand('mlops.openCause' satisfies CommandId, item);
  });
}

/** One message, only where a person is needed; a run that went well is in the status bar. */
function tellIfNeeded({ run, exitCode, said }: Followed): void {
  if (run === undefined) {
    const unknown = `The run did not start (exit code ${exitCode ?? 'none'}).`;
    showError(said === '' ? unknown : firstLine(said));
  } else if (run.status === 'failed') {
    const error = run.error && errorFrom(run.error);
    if (tellWhenExpired(error) || tellWhenUntrusted(error)) return;
    tellFailed(run, firstLine(run.error?.message ?? 'see the log'), error);
  } else if (run.status === 'interrupted') {
    showError(`Run ${run.id} was interrupted: its process ended before it did. Running again takes up what it left.`);
  } else if (run.verdict === 'fail' || run.verdict === 'error' || run.verdict === 'inconclusive') {
    void vscode.window.showWarningMessage(`${run.project}: verdict ${run.verdict}`, 'Open Report').then((answer) => {
      if (answer) void vscode.commands.executeCommand('mlops.openReport' satisfies CommandId);
    });
  }
}
