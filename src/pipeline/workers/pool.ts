import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import { BrokenError, CancelledError } from '../../common/errors.js';
import { startWorker } from '../../common/processes/start-worker.js';
import type { Progress } from '../../models/progress.js';
import { type Answer, errorFrom } from './messages.js';
import { nameOf, type Outcome, perform, type Task } from '../tasks.js';

/** Worker threads that do one task each at a time. */
export interface Workers {
  /** How many tasks run side by side. */
  readonly size: number;
  /**
   * Does a task as soon as a worker is free. Rejects with the task's own error, with BrokenError when its worker died,
   * and with CancelledError once the pool's signal is aborted.
   */
  run<Asked extends Task>(asked: Asked, onProgress?: (progress: Progress) => void): Promise<Outcome<Asked>>;
  /** Ends all workers; what still runs is cancelled. */
  close(): Promise<void>;
}

/** Below this many cells a thread costs more than it saves. */
const worthAWorker = 100_000;

/**
 * What a task makes of each of its cells: a prepared copy (8 bytes), its bins (1 or 2), and what sorting them takes.
 * The cells themselves lie in memory that all threads share.
 */
const bytesACell = 24;
/** What a thread takes before it is given anything. */
const bytesAThread = 80e6;

/** How much there is to do, in cells (rows times columns): in `all` tasks together, and in the largest `one`. */
export interface Load {
  all: number;
  one: number;
}

/**
 * Workers for so much work. Little of it is dealt with in this thread, one task after the other: results are the same.
 * There are as many threads as the machine has cores, and no more than its free memory holds.
 */
export function openWorkers({ all, one }: Load, signal: AbortSignal): Workers {
  if (all < worthAWorker) return thisThread(signal);
  return threads(threadsFor(one, availableParallelism(), process.availableMemory()), signal);
}

/** How many tasks of so many cells run side by side: one in any case, and the rest leaves a fifth of the memory free. */
export function threadsFor(cells: number, cores: number, freeBytes: number): number {
  return Math.max(1, Math.min(cores, Math.floor((0.8 * freeBytes) / (bytesAThread + bytesACell * cells))));
}

/** The same tasks without threads. */
function thisThread(signal: AbortSignal): Workers {
  const closing = new AbortController();
  const ended = AbortSignal.any([signal, closing.signal]);
  let last: Promise<unknown> = Promise.resolve();
  return {
    size: 1,
    run(asked, onRound) {
      const done = last.then(() => {
        if (ended.aborted) throw new CancelledError();
        return perform(asked, { signal: ended, onRound });
      });
      last = done.catch(() => undefined);
      return done;
    },
    close() {
      closing.abort();
      return last.then(() => undefined);
    },
  };
}

/** A task that waits for a worker or is with one. */
interface Job {
  asked: Task;
  onProgress: ((progress: Progress) => void) | undefined;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** Threads whatever the size of the data; `begin` makes one. */
export function threads(size: number, signal: AbortSignal, begin: () => Worker = startWorker): Workers {
  const idle: Worker[] = [];
  const waiting: Job[] = [];
  const working = new Map<Worker, Job>();
  let closed = false;

  function next(): void {
    while (waiting.length > 0 && (idle.length > 0 || working.size < size)) {
      const worker = idle.pop() ?? start();
      const job = waiting.shift()!;
      working.set(worker, job);
      worker.postMessage(job.asked);
    }
  }

  function start(): Worker {
    const worker = begin();
    worker.on('message', (answer: Answer<unknown>) => {
      const job = working.get(worker);
      if (job === undefined) return;
      if (answer.kind === 'progress') return job.onProgress?.(answer.progress);
      working.delete(worker);
      if (!closed) idle.push(worker);
      if (answer.kind === 'result') job.resolve(answer.result);
      else job.reject(errorFrom(answer.error));
      next();
    });
    worker.on('error', (error: Error) => lost(worker, error.message));
    worker.on('exit', (code) => lost(worker, `it ended with code ${code}`));
    return worker;
  }

  /** A worker that is gone fails what it was at; what waits gets another one. */
  function lost(worker: Worker, why: string): void {
    const job = working.get(worker);
    working.delete(worker);
    if (idle.includes(worker)) idle.splice(idle.indexOf(worker), 1);
    job?.reject(closed ? new CancelledError() : new BrokenError(`the worker of ${nameOf(job.asked)} died: ${why}`));
    if (!closed) next();
  }

  async function close(): Promise<void> {
    closed = true;
    signal.removeEventListener('abort', cancel);
    for (const job of waiting.splice(0)) job.reject(new CancelledError());
    await Promise.all([...idle, ...working.keys()].map((worker) => worker.terminate()));
  }

  const cancel = () => void close();
  signal.addEventListener('abort', cancel, { once: true });

  return {
    size,
    run: <Asked extends Task>(asked: Asked, onProgress?: (progress: Progress) => void) =>
      new Promise<Outcome<Asked>>((resolve, reject) => {
        if (closed || signal.aborted) return reject(new CancelledError());
        waiting.push({ asked, onProgress, resolve, reject });
        next();
      }),
    close,
  };
}
