import assert from 'node:assert/strict';
import { Worker } from 'node:worker_threads';
import { startWorker } from '../../../src/common/processes/start-worker.js';
import type { Bundle } from '../../../src/models/bundle/bundle.js';
import { answersRole } from '../../../src/serving/answering/messages.js';
import { threadOf } from '../../../src/serving/answering/thread.js';
import { predictorOf } from '../../../src/serving/predictor.js';
import { RequestError } from '../../../src/serving/request-error.js';

const answered = { text: 'answered', odd: { unseen: {}, missing: {} } };
/** A thread that never ends with a body that begins with `1`, that eats memory with `2`, and that dies with `3`. */
const odd = `
  const { parentPort } = require('node:worker_threads');
  parentPort.on('message', ({ body }) => {
    if (body[0] === 1) for (;;);
    if (body[0] === 2) for (const held = []; ; ) held.push(new Array(1e5).fill(body));
    if (body[0] === 3) process.exit(7);
    parentPort.postMessage({ kind: 'text', ...${JSON.stringify(answered)} });
  });`;
const longestMs = 1_500;
const bundle: Bundle = {
  ...{ kind: 'model-bundle', schemaVersion: 1 },
  model: {
    ...{ kind: 'linear', link: 'identity', featureNames: ['area'], coefficients: [[1]], intercepts: [0] },
    ...{ converged: true, iterations: 1, gradient: 0, parameters: {} },
  },
  ...{ task: 'regression', family: 'ridge', threshold: null, metadata: {}, preprocessing: [] },
  inputs: [{ name: 'area', type: 'number' }],
};
const predictor = { ...predictorOf(bundle, 'v1'), version: 'v1' };

describe('the thread that answers large requests', function () {
  this.timeout(60_000);
  const threads: { close(): Promise<void> }[] = [];
  afterEach(() => Promise.all(threads.splice(0).map((thread) => thread.close())));

  const oddThread = (longestWaitMs?: number) => {
    let begun = 0;
    const thread = threadOf(
      () => {
        begun += 1;
        return new Worker(odd, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 32 } });
      },
      longestMs,
      longestWaitMs,
    );
    threads.push(thread);
    const ask = (first: number) =>
      thread.answer(predictor, { contentType: 'text/csv', body: Uint8Array.of(first), at: new Date() });
    return { thread, ask, begun: () => begun };
  };
  const isRefused = (words: RegExp) => (error: unknown) =>
    error instanceof RequestError && error.status === 413 && words.test(error.message);

  it('refuses with 503 what waited too long for those before it, and answers what comes after them', async () => {
    const { ask } = oddThread(200);
    const [first, late, alsoLate] = [ask(1), ask(0), ask(0)];
    const isLate = (error: unknown) => error instanceof RequestError && error.status === 503;
    const settled = Promise.allSettled([first, late, alsoLate]);
    await assert.rejects(late, isLate);
    await assert.rejects(alsoLate, isLate);
    await settled;
    assert.deepEqual(await ask(0), answered);
  });

  for (const [what, first, words] of [
    ['longer than it may', 1, /longer than 1\.5 seconds: send fewer rows/],
    ['more memory than it may', 2, /too much memory: send fewer rows/],
  ] as const)
    it(`refuses what takes ${what}, and answers what waited behind it by a thread of its own`, async () => {
      const { ask, begun } = oddThread();
      const [refused, ...behind] = [ask(first), ask(0), ask(0)];
      await assert.rejects(refused, isRefused(words));
      assert.deepEqual(await Promise.all(behind), [answered, answered]);
      assert.equal(begun(), 2);
    });

  it('says that it broke when it dies, and answers what waited behind', async () => {
    const { ask } = oddThread();
    const [broken, behind] = [ask(3), ask(0)];
    await assert.rejects(broken, /ended with code 7/);
    assert.deepEqual(await behind, answered);
  });

  it('leaves nobody waiting for an answer when it is closed', async () => {
    const { thread, ask } = oddThread();
    assert.deepEqual(await ask(0), answered);
    const asked = ask(1);
    await Promise.all([assert.rejects(asked), new Promise(setImmediate).then(() => thread.close())]);
  });

  it('is held to its memory as it is, with the largest batch that one request holds', async () => {
    const limits = { maxOldGenerationSizeMb: 48, maxYoungGenerationSizeMb: 8 };
    const thread = threadOf(() => startWorker({ workerData: answersRole, resourceLimits: limits }), 50_000);
    threads.push(thread);
    const ask = (rows: number) =>
      thread.answer(predictor, { contentType: 'text/csv', body: Buffer.from('1\n'.repeat(rows)), at: new Date() });
    await assert.rejects(ask(900_000), isRefused(/too much memory/));
    const { predictions } = JSON.parse((await ask(2)).text) as { predictions: unknown[] };
    assert.equal(predictions.length, 2);
  });
});
