import assert from 'node:assert/strict';
import { learnedBy, learnedList } from '../../../src/pipeline/training/learned-entities.js';
import type { Environment } from '../../../src/platform/ports.js';

/** A bucket in which a version left this list; undefined: none. */
const bucket = (list?: Uint8Array) => ({ objects: { read: () => Promise.resolve(list) } }) as unknown as Environment;

describe('what a version learned from', () => {
  it('is known of every entity, and of no other', async () => {
    const list = await learnedList(['Z1', 'Z2', 'Z2', 'ä,"\n']);
    const seen = await learnedBy(bucket(list), 'v3');
    assert.deepEqual(['Z1', 'Z2', 'ä,"\n', 'Z3', 'z1', ''].map(seen), [true, true, true, false, false, false]);
  });

  it('is nothing for a version that left no list', async () => {
    const seen = await learnedBy(bucket(), 'v1');
    assert.equal(seen('Z1'), false);
  });
});
