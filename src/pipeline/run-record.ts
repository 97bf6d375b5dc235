import { randomBytes } from 'node:crypto';
import { DamagedFile, InputError, NoSuchObject } from '../common/errors.js';
import { keys, momentAfter, stampOf } from '../documents/keys.js';
import { runSchema, stageNames, type Run, type StageName, type StageRecord } from '../documents/run.js';
import type { Environment } from '../platform/ports/environment.js';
import type { ObjectWriter } from '../platform/ports/objects.js';
import { collect } from '../platform/ports/pages.js';
import { rememberFailure } from './run-stage.js';
import { readDocument, writeDocument } from './store.js';

export function newRun(id: string, project: string, environment: string, stages: StageName[], now: Date): Run {
  return {
    kind: 'run',
    schemaVersion: 1,
    id,
    project,
    environment,
    startedAt: now.toISOString(),
    finishedAt: null,
    status: 'running',
    verdict: null,
    error: null,
    pid: process.pid,
    stages: stages.map(notRun),
  };
}

function notRun(name: StageName): StageRecord {
  return { name, status: 'not-run', reason: '', seconds: null, inputs: [], outputs: [], figures: {} };
}

export function saveRun(objects: ObjectWriter, run: Run): Promise<void> {
  return writeDocument(objects, keys.run(run.id), run);
}

/**
 * A run whose record still says `running` although nobody holds the lease for it was killed.
 * Readers see it as interrupted at once; the next run writes it down.
 */
export async function readRun(environment: Environment, id: string): Promise<Run | undefined> {
  const run = await readDocument(environment.objects, keys.run(id), runSchema);
  if (run?.status !== 'running') return run;
  const holder = await environment.lease.holder();
  return holder?.purpose === leasePurpose(id) ? run : { ...run, status: 'interrupted' };
}

export function leasePurpose(runId: string): string {
  return `run ${runId}`;
}

/** `20261121-093105-r7k2f9`: sorts after all runs that are there, unique within a second. */
export async function nextRunId(environment: Pick<Environment, 'objects'>, now: Date): Promise<string> {
  const ids = await runIds(environment).catch((error: unknown) => {
    // A bucket that is still to be made holds no runs; that it is missing is told with all else that a run needs.
    if (error instanceof NoSuchObject) return [];
    throw error;
  });
  return newRunId(momentAfter(ids[0], now));
}

/** `20261121-093105-r7k2f9`: sorts by time, unique within a second. */
export function newRunId(now: Date): string {
  return stampOf(now, randomBytes(4).toString('hex'));
}

/** A run's record; undefined where there is none, or none that can be read: one of many takes no other away. */
export async function wholeRun(environment: Environment, id: string): Promise<Run | undefined> {
  return readRun(environment, id).catch((error: unknown) => {
    if (error instanceof DamagedFile) return undefined;
    throw error;
  });
}

/** Ids of all runs, newest first. */
export async function runIds(environment: Pick<Environment, 'objects'>): Promise<string[]> {
  const entries = await collect((page) => environment.objects.list('runs/', { ...page, folders: true }));
  const folders = entries.filter(({ kind }) => kind === 'folder').map(({ key }) => key.slice('runs/'.length, -1));
  return folders.filter((id) => id !== 'state').reverse();
}

/** Writes `interrupted` into the records of runs that were killed. Called while the lease is held. */
export async function closeInterrupted(environment: Environment, objects: ObjectWriter, now: Date): Promise<string[]> {
  const closed: string[] = [];
  for (const id of (await runIds(environment)).slice(0, 20)) {
    // What became of a run whose record cannot be read is known to nobody; who lists the runs is told.
    const reading = readDocument(environment.objects, keys.run(id), runSchema);
    const run = await reading.catch((error: unknown) => {
      if (!(error instanceof DamagedFile)) throw error;
      return undefined;
    });
    if (run?.status !== 'running') continue;
    const at = now.toISOString();
    await saveRun(objects, { ...run, status: 'interrupted', finishedAt: at });
    const killed = run.stages.find(({ status }) => status === 'not-run' || status === 'running');
    const failure = { runId: id, at, status: 'interrupted', reason: 'interrupted' } as const;
    if (killed !== undefined) await rememberFailure(environment, objects, killed.name, failure);
    closed.push(id);
  }
  return closed;
}

/** Stage names in pipeline order between two, both included. @throws InputError when they stand the other way round */
export function stagesBetween(from: StageName | undefined, to: StageName | undefined): StageName[] {
  const first = from === undefined ? 0 : stageNames.indexOf(from);
  const last = to === undefined ? stageNames.length - 1 : stageNames.indexOf(to);
  if (last < first) throw new InputError(`found stages from ${from} to ${to}, expected the first one first`);
  return stageNames.slice(first, last + 1);
}
