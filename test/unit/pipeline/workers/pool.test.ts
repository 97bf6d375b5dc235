import assert from 'node:assert/strict';
import { Worker } from 'node:worker_threads';
import { BrokenError, CancelledError, InputError } from '../../../../src/common/errors.js';
import { bundleFiles } from '../../../../src/models/bundle/bundle-files.js';
import { openWorkers, threads, threadsFor } from '../../../../src/pipeline/workers/pool.js';
import { shared } from '../../../../src/pipeline/workers/shared-memory.js';
import type { Task } from '../../../../src/pipeline/tasks.js';
import { candidateSchema } from '../../../../src/project/schema.js';
import { madePart } from '../../../support/made-part.js';

type Fit = Extract<Task, { kind: 'fit-candidate' }>;

function fitTask(name: string, parameters: Record<string, unknown>, rows = 400): Fit {
  const candidate = candidateSchema.parse({ name, family: 'lightgbm', columns: ['*'], parameters });
  const [fit, validation] = [shared(madePart(rows, 1)), shared(madePart(rows, 2))];
  return { kind: 'fit-candidate', model: { task: 'binary', fill: {} }, candidate, fit, validation };
}

const never = new AbortController().signal;

describe('workers', function () {
  this.timeout(60_000);

  it('give the very bytes that this thread gives, and say how far they are', async () => {
    const tasks = [3, 7].map((leaves) =>
      fitTask('it', { num_leaves: leaves, num_iterations: 30, subsample: 0.7, seed: 4 }),
    );
    const [here, there] = [openWorkers({ all: 0, one: 0 }, never), threads(2, never)];
    let last = 0;
    try {
      for (const pool of [here, there]) assert.ok(pool.size >= 1);
      const [one, other] = await Promise.all(
        [here, there].map((pool) => Promise.all(tasks.map((task) => pool.run(task, ({ round }) => (last = round))))),
      );
      assert.deepEqual(
        other!.map(({ bundle }) => bundleFiles(bundle)),
        one!.map(({ bundle }) => bundleFiles(bundle)),
      );
      assert.equal(last, 30);
    } finally {
      await there.close();
    }
  });

  it("fail with the task's own error, and go on with the next task", async () => {
    const pool = threads(1, never);
    try {
      const wrong = pool.run(fitTask('wrong', { num_leavse: 3 }));
      const right = pool.run(fitTask('right', { num_iterations: 2 }));
      await assert.rejects(wrong, (error) => error instanceof InputError && error.message.includes('num_leavse'));
      assert.equal((await right).name, 'right');
    } finally {
      await pool.close();
    }
  });

  it('end when the run is cancelled, also in the middle of a training', async () => {
    const abort = new AbortController();
    const pool = threads(1, abort.signal);
    const endless = pool.run(fitTask('endless', { num_iterations: 1e6 }), () => abort.abort());
    const waiting = pool.run(fitTask('waiting', {}));
    await Promise.all([endless, waiting].map((task) => assert.rejects(task, CancelledError)));
    await assert.rejects(pool.run(fitTask('later', {})), CancelledError);
  });

  it('begin nothing more once they are closed, with threads and without', async () => {
    for (const pool of [openWorkers({ all: 0, one: 0 }, never), threads(1, never)]) {
      const endless = pool.run(fitTask('endless', { num_iterations: 1e6 }), () => void pool.close());
      const waiting = pool.run(fitTask('waiting', { num_iterations: 1 }));
      await Promise.all([endless, waiting].map((task) => assert.rejects(task, CancelledError)));
    }
  });

  it('are as many as there are cores, and no more than memory holds', () => {
    assert.equal(threadsFor(1e6, 8, 64e9), 8);
    assert.equal(threadsFor(100e6, 8, 10e9), 3);
    assert.equal(threadsFor(1e9, 8, 1e9), 1, 'one in any case');
  });

  it('that die fail their task with words, and the next task gets another one', async () => {
    let begun = 0;
    const script = "require('node:worker_threads').parentPort.on('message', () => process.exit(7))";
    const pool = threads(1, never, () => {
      begun += 1;
      return new Worker(script, { eval: true });
    });
    try {
      const dies = (name: string) =>
        assert.rejects(
          pool.run(fitTask(name, {})),
          (error) =>
            error instanceof BrokenError && error.message.includes(`candidate "${name}" died: it ended with code 7`),
        );
      await Promise.all([dies('one'), dies('other')]);
      assert.equal(begun, 2);
    } finally {
      await pool.close();
    }
  });
});
