import { join } from 'node:path';
import type { Run, RunEvent } from '../../documents/run.js';
import { runFolder } from '../../pipeline/events.js';
import type { Environment } from '../../platform/ports/environment.js';
import type { EngineProcess } from '../editor-services.js';
import { makeEventTail } from './event-tail.js';
import { afterEvent, type LiveRun } from './live-run.js';

export interface Followed {
  /** The record, `interrupted` when its process was killed; undefined when it never came to be. */
  run: Run | undefined;
  /** Only of a process that was started here. */
  exitCode: number | null | undefined;
  /** What its process wrote to stderr; empty when it was not started here. */
  said: string;
}

export interface FollowOptions {
  projectFolder: string;
  environment: Environment;
  start: LiveRun;
  /** The process, when it was started here; else the lease says whether it lives. */
  engine: EngineProcess | undefined;
  onChange: (run: LiveRun) => void;
  onEvent: (event: RunEvent) => void;
  signal: AbortSignal;
}

const lookEveryMs = 250;
/** The lease costs more to look at than the events. */
const leaseEvery = 8;

/** Follows a run by its events until it has finished or its process is gone. Aborting stops the looking, not the run. */
export async function follow(options: FollowOptions): Promise<Followed> {
  const { projectFolder, environment, engine, signal } = options;
  const read = makeEventTail(join(runFolder(projectFolder, options.start.id), 'events.jsonl'));
  let run = options.start;
  let exit: { code: number | null } | undefined;
  const ended = engine?.ended.then((code) => (exit = { code }));
  ended?.catch(() => undefined);

  const take = async () => {
    const events = await read();
    for (const event of events) {
      run = afterEvent(run, event);
      options.onEvent(event);
    }
    if (events.length > 0) options.onChange(run);
  };
  for (let looks = 1; !signal.aborted && run.finished === null && exit === undefined; looks++) {
    await take();
    if (run.finished !== null) break;
    if (engine === undefined && looks % leaseEvery === 0 && !(await holdsLease(environment, run.id))) break;
    await Promise.race([pause(signal), ended]);
  }
  await take();
  // A process that reported its end still has to give back the lease; without that wait the next run would meet it.
  if (!signal.aborted) await ended;
  const { readRun } = await import('../project-work.js');
  return { run: run.finished ?? (await readRun(environment, run.id)), exitCode: exit?.code, said: '' };
}

export async function holdsLease(environment: Environment, runId: string): Promise<boolean> {
  const { leasePurpose } = await import('../project-work.js');
  return (await environment.lease.holder())?.purpose === leasePurpose(runId);
}

function pause(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const finish = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      done();
    };
    const timer = setTimeout(finish, lookEveryMs);
    signal.addEventListener('abort', finish);
  });
}
