import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { BrokenError, messageOf, WrongParameter } from '../../common/errors.js';
import type { Crew, KernelCall } from '../../models/trees/kernel/crew.js';
import { KERNEL_NAMES as names } from '../../models/trees/kernel/kernel.js';
import type { Matrix } from '../../models/table/matrix.js';

/** Commands in the first word of the shared control block; 0 and up are numbers of jobs. */
const LEAVE = -1;
/** Words of the control block: the job's number, helpers still busy, what a helper failed at; then each helper's calls. */
const HEAD = 3;
/** No job takes so many milliseconds: a helper that does not answer by then is gone. */
const PATIENCE = 120_000;
/** A thread looks so often whether it can go on before it sleeps, for to wake up takes longer than most jobs. */
const TURNS = 2000;
/** Words of a call: the place of its name in the list, the number of its addresses, and at most 14 of them. */
const CALL = 16;

/**
 * What a helper does: it opens the kernel, and then waits for jobs by the control block alone, for a message takes longer
 * than most jobs. It is a text so that no file has to lie beside the program.
 */
const helper = `
const { parentPort, workerData } = require('node:worker_threads');
const { module, memory, control, place, most, names } = workerData;
const words = new Int32Array(control);
const kernel = new WebAssembly.Instance(new WebAssembly.Module(module), { env: { memory } }).exports;
parentPort.postMessage('ready');
for (let job = 0; ; ) {
  for (let turn = 0; turn < ${TURNS} && Atomics.load(words, 0) === job; turn++);
  // A wake-up may speak of a job that is done already.
  while (Atomics.load(words, 0) === job) Atomics.wait(words, 0, job);
  job = Atomics.load(words, 0);
  if (job === ${LEAVE}) break;
  let at = ${HEAD} + place * (1 + most * ${CALL});
  try {
    for (let left = words[at++]; left > 0; left--, at += ${CALL})
      kernel[names[words[at]]](...words.subarray(at + 2, at + 2 + words[at + 1]));
  } catch {
    // Said by a number, for the caller waits and hears no messages; and nobody may wait for a helper that is gone.
    Atomics.store(words, 2, 1 + words[at]);
  }
  if (Atomics.sub(words, 1, 1) === 1) Atomics.notify(words, 1);
}
`;

/** Fewer cells than this are learned from before threads have started. */
const WORTH_STARTING = 2_000_000;

/**
 * The threads for a training: as many as LightGBM's `num_threads` says, else one a processor up to four where there is
 * much to do. The model is the same for any number.
 */
export function crewFor(parameters: Record<string, unknown>, { rows, columns }: Matrix): Crew | undefined {
  const aliases = ['num_threads', 'num_thread', 'nthread', 'nthreads', 'n_jobs'];
  const asked = aliases.map((name) => parameters[name]).find((value) => value !== undefined && value !== null);
  const processors = availableParallelism();
  const threads = asked === undefined ? Math.min(4, processors) : Number(asked);
  if (!Number.isInteger(threads)) throw new WrongParameter('num_threads', asked, 'a whole number');
  const count = threads > 0 ? Math.min(threads, 64) : processors;
  const worth = asked !== undefined || rows * columns.length >= WORTH_STARTING;
  return count > 1 && worth ? threadCrew(count) : undefined;
}

/** Worker threads that share the work over rows and features of a training in this thread. @param threads at least 2, the caller's included */
export function threadCrew(threads: number): Crew {
  const helpers = threads - 1;
  return {
    helpers,
    async open(module, memory, most) {
      const control = new SharedArrayBuffer(4 * (HEAD + helpers * (1 + most * CALL)));
      const words = new Int32Array(control);
      const workers = Array.from({ length: helpers }, (_, place) => {
        const workerData = { module, memory, control, place, most, names };
        return new Worker(helper, { eval: true, workerData, execArgv: [] });
      });
      await allReady(workers);
      for (const worker of workers) {
        // A training that fails must not keep the process alive,
        worker.unref();
        // nor a thread that dies end it: the one that waits for that thread says so.
        worker.on('error', () => undefined);
      }
      return {
        work(parts, own) {
          parts.forEach((calls, place) => writeCalls(words, HEAD + place * (1 + most * CALL), calls));
          Atomics.store(words, 1, helpers);
          Atomics.add(words, 0, 1);
          Atomics.notify(words, 0);
          own();
          for (let turn = 0; turn < TURNS && Atomics.load(words, 1) > 0; turn++);
          for (let busy = Atomics.load(words, 1); busy > 0; busy = Atomics.load(words, 1))
            if (Atomics.wait(words, 1, busy, PATIENCE) === 'timed-out')
              throw new BrokenError(`a training thread has not answered for ${PATIENCE / 1000} s`);
          const failed = Atomics.load(words, 2);
          if (failed !== 0) throw new BrokenError(`a training thread failed at ${names[failed - 1]}`);
        },
        leave() {
          Atomics.store(words, 0, LEAVE);
          Atomics.notify(words, 0);
        },
      };
    },
  };
}

/** @throws BrokenError when one of the threads cannot begin; none of the others is left behind then */
async function allReady(workers: Worker[]): Promise<void> {
  try {
    await Promise.all(workers.map((worker) => once(worker, 'message')));
  } catch (error) {
    await Promise.all(workers.map((worker) => worker.terminate()));
    throw new BrokenError(`a training thread cannot begin: ${messageOf(error)}`, { cause: error });
  }
}

function writeCalls(words: Int32Array, from: number, calls: KernelCall[]): void {
  words[from] = calls.length;
  calls.forEach(({ name, addresses }, place) => {
    const at = from + 1 + place * CALL;
    words[at] = names.indexOf(name);
    words[at + 1] = addresses.length;
    words.set(addresses, at + 2);
  });
}
