import assert from 'node:assert/strict';
import { limiter } from '../../../../../src/platform/aws/account/limit.js';

describe('limited work', () => {
  it('runs so many at a time and no more, in order, and goes on after a failure', async () => {
    const limit = limiter(2);
    let [running, most] = [0, 0];
    const started: number[] = [];
    const work = (index: number) =>
      limit(async () => {
        started.push(index);
        most = Math.max(most, (running += 1));
        await new Promise((done) => setImmediate(done));
        running -= 1;
        if (index === 1) throw new Error('one fails');
        return index;
      });
    const results = await Promise.allSettled([0, 1, 2, 3, 4].map(work));
    assert.equal(most, 2);
    assert.deepEqual(started, [0, 1, 2, 3, 4]);
    assert.deepEqual(
      results.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled'],
    );
  });
});
