import assert from 'node:assert/strict';
import { learnedBy, learnedList } from '../../../src/pipeline/training/learned-entities.js';
import type { StageContext } from '../../../src/pipeline/stage.js';

/** A bucket in which a version left this list (undefined: none), and what is said on reading it. */
function place(list?: Uint8Array) {
  const told: string[] = [];
  const environment = { objects: { read: () => Promise.resolve(list) } } as unknown as StageContext['environment'];
  const report = { progress: () => undefined, message: (_level: string, text: string) => void told.push(text) };
  return { environment, report, told };
}

describe('what a version learned from', () => {
  it('is known of every entity, and of no other', async () => {
    const listed = place(await learnedList(['Z1', 'Z2', 'Z2', 'ä,"\n']));
    const seen = await learnedBy(listed, 'v3');
    assert.deepEqual(['Z1', 'Z2', 'ä,"\n', 'Z3', 'z1', ''].map(seen), [true, true, true, false, false, false]);
    assert.deepEqual(listed.told, []);
  });

  it('is nothing for a version that left no list, which is said', async () => {
    const without = place();
    const seen = await learnedBy(without, 'v1');
    assert.equal(seen('Z1'), false);
    assert.match(without.told.join(), /^v1 left no list of what it learned from/);
  });
});
