import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { CancelledError } from '../../../../src/common/errors.js';
import type { Simulated } from '../../../../src/pipeline/simulating/requests.js';
import { sendAll } from '../../../../src/pipeline/simulating/send.js';

const request = (at: number): Simulated => ({ at, row: 0, text: '{}', contentType: 'application/json', slow: false });
const at = (signal: AbortSignal) => ({ signal, nameOf: String, progress: () => undefined });

describe('sending simulated requests', () => {
  it('says of each what came back, in the order in which they were sent, and what was not answered', async () => {
    const answers = [sleep(20, { status: 200, ms: 20 }), Promise.reject(new Error('reset')), { status: 400, ms: 1 }];
    const { sent, left } = await sendAll(
      [request(0), request(1), request(2)],
      async (_, name) => answers[Number(name)]!,
      at(AbortSignal.timeout(5000)),
    );
    assert.deepEqual(
      sent.map(({ inferenceId, status, failure }) => [inferenceId, status, failure]),
      [
        ['0', 200, undefined],
        ['1', null, 'reset'],
        ['2', 400, undefined],
      ],
    );
    assert.equal(left, 0);
  });

  it('never waits for more than a hundred answers at once', async () => {
    let [open, most] = [0, 0];
    const send = async () => {
      most = Math.max(most, (open += 1));
      await sleep(5);
      open -= 1;
      return { status: 200, ms: 5 };
    };
    const { sent } = await sendAll(
      Array.from({ length: 500 }, () => request(0)),
      send,
      at(AbortSignal.timeout(5000)),
    );
    assert.equal(sent.length, 500);
    assert.equal(most, 100);
  });

  it('ends at once on its signal, while it waits for an answer or for the next moment', async () => {
    for (const moments of [[0], [60_000]]) {
      const abort = new AbortController();
      const never = (_: Simulated, __: string, signal: AbortSignal) =>
        new Promise<never>((_resolve, reject) => signal.addEventListener('abort', () => reject(new CancelledError())));
      const going = sendAll(moments.map(request), never, at(abort.signal));
      abort.abort(new CancelledError());
      await assert.rejects(going, (error: Error) => error.name === 'AbortError' || error instanceof CancelledError);
    }
  });
});
