import assert from 'node:assert/strict';
import { thenReleasing } from '../../../src/pipeline/holding-lease.js';

describe('work under a lease', () => {
  const stuck = { release: () => Promise.reject(new Error('no network')) };

  it('counts for what it answered although the lease could not be given back, which is told', async () => {
    const told: string[] = [];
    const tell = (text: string) => void told.push(text);
    assert.equal(await thenReleasing(stuck, tell, () => Promise.resolve(7)), 7);
    assert.match(told.join(), /could not be given back, so others wait until it runs out: no network/);
  });

  it('fails of what it failed of, and of nothing else', async () => {
    const failing = () => Promise.reject(new Error('no disk'));
    await assert.rejects(thenReleasing(stuck, undefined, failing), /no disk/);
  });
});
