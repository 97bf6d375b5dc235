import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { InputError } from '../../common/errors.js';
import type { StageName } from '../../documents/run.js';
import { requestCancel } from '../../pipeline/cancel.js';
import { runFolder } from '../../pipeline/events.js';
import type { Contexts } from '../contexts.js';
import type { EditorServices, EngineProcess, EngineRequest } from '../editor-services.js';
import type { Current, Session } from '../session/session.js';
import { follow, type Followed } from './follow.js';
import { newLiveRun, type LiveRun } from './live-run.js';
import { logEvent } from './log-event.js';
import { showProgress } from './progress.js';

export interface Runs extends vscode.Disposable {
  /** The run that works now in this project, started here or elsewhere. */
  readonly live: LiveRun | undefined;
  readonly onChange: vscode.Event<LiveRun | undefined>;
  /** Starts the engine and resolves when the run has ended, however it ended. */
  start: (stages: StageName[], options: EngineRequest['options']) => Promise<Followed>;
  /** Asks the run to stop; it ends by itself soon after. */
  cancel: () => void;
  /** Takes up a run that works but is not followed: after a reload, or when a terminal started it. */
  find: () => Promise<void>;
}

interface Parts {
  session: Session;
  services: EditorServices;
  contexts: Contexts;
  log: vscode.LogOutputChannel;
  /** Remembers over a reload which run was started here. */
  memory: vscode.Memento;
}

const startedKey = 'startedRun';

export function makeRuns({ session, services, contexts, log, memory }: Parts): Runs {
  const changed = new vscode.EventEmitter<LiveRun | undefined>();
  let live: LiveRun | undefined;
  let place: Current | undefined;
  let stop = new AbortController();

  const set = (run: LiveRun | undefined) => {
    live = run;
    contexts.set('mlops.running', run !== undefined);
    changed.fire(run);
  };
  const cancel = () => {
    if (live && place) requestCancel(place.project.folder, live.id);
  };
  const watch = async (current: Current, run: LiveRun, engine: EngineProcess | undefined) => {
    place = current;
    stop = new AbortController();
    const { signal } = stop;
    const { environment, project } = current;
    set(run);
    const following = follow({
      ...{ projectFolder: project.folder, environment, start: run, engine, signal },
      onChange: (next) => signal.aborted || set(next),
      onEvent: (event) => logEvent(log, event),
    });
    void showProgress({
      following,
      onChange: changed.event,
      first: run,
      cancel,
      ours: memory.get(startedKey) === run.id,
    });
    try {
      return await following;
    } finally {
      if (!signal.aborted) set(undefined);
    }
  };

  return {
    get live() {
      return live;
    },
    onChange: changed.event,
    cancel,
    async start(stages, options) {
      const current = session.requireWritable(`run ${stages.join(', ')}`);
      if (live) throw new InputError(`run ${live.id} is at work in this project; wait for it or cancel it`);
      const { project, environment } = current;
      const { nextRunId } = await import('../project-work.js');
      const runId = await nextRunId(environment, new Date());
      const logFile = join(runFolder(project.folder, runId), 'engine.log');
      const request = { projectFolder: project.folder, environment: environment.name, runId, stages, options };
      log.info(`run ${runId}: ${stages.join(', ')}`);
      const variables = (await environment.forProcess?.()) ?? {};
      const engine = services.forkEngine(request, logFile, variables);
      await memory.update(startedKey, runId);
      const followed = await watch(current, newLiveRun(runId, stages), engine);
      const said = (await readFile(logFile, 'utf8').catch(() => '')).trim();
      if (said) log.error(said);
      return { ...followed, said };
    },
    async find() {
      if (live || session.state.kind !== 'ready') return;
      const { current } = session.state;
      const holder = await current.environment.lease.holder();
      const id = /^run (\S+)$/.exec(holder?.purpose ?? '')?.[1];
      // Somebody may have started a run here while the lease was read.
      if (id === undefined || live !== undefined) return;
      log.info(`run ${id} is at work (process ${holder?.pid}); following it`);
      void watch(current, newLiveRun(id), undefined).catch((error: unknown) => log.error(String(error)));
    },
    dispose() {
      stop.abort();
      changed.dispose();
    },
  };
}
