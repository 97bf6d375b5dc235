import assert from 'node:assert/strict';
import { learnedBy, writeLearned } from '../../../src/pipeline/training/learned-entities.js';
import type { Environment, ObjectWriter } from '../../../src/platform/ports.js';

function bucket() {
  const objects = new Map<string, Uint8Array>();
  const put: ObjectWriter['put'] = (key, body) => {
    objects.set(key, Buffer.from(body));
    return Promise.resolve();
  };
  const read = (key: string) => Promise.resolve(objects.get(key));
  return { writer: { put } as ObjectWriter, environment: { objects: { read } } as unknown as Environment };
}

describe('what a version learned from', () => {
  it('is known of every entity, and of no other', async () => {
    const { writer, environment } = bucket();
    await writeLearned(writer, 'v3', ['Z1', 'Z2', 'Z2', 'ä,"\n']);
    const seen = await learnedBy(environment, 'v3');
    assert.deepEqual(['Z1', 'Z2', 'ä,"\n', 'Z3', 'z1', ''].map(seen), [true, true, true, false, false, false]);
  });

  it('is nothing for a version that left no list', async () => {
    const seen = await learnedBy(bucket().environment, 'v1');
    assert.equal(seen('Z1'), false);
  });
});
