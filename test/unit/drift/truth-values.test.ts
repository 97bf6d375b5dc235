import assert from 'node:assert/strict';
import type { CategorySample } from '../../../src/drift/sample.js';
import { inOneSpelling } from '../../../src/drift/truth-values.js';

describe('truth values in two tables', () => {
  const sample = (counts: Record<string, number>, text = true): CategorySample => ({
    ...{ kind: 'category', missing: 0, text, counts: new Map(Object.entries(counts)) },
    chunks: [new Map(Object.entries(counts))],
  });

  it('are one set of two values, however they are spelt', () => {
    const [before, after] = inOneSpelling(sample({ True: 3, False: 1 }), sample({ TRUE: 2, true: 1, FALSE: 4 }, false));
    assert.deepEqual([...before.counts], [['true', 3], ['false', 1]]); // prettier-ignore
    assert.deepEqual([...after.counts], [['true', 3], ['false', 4]]); // prettier-ignore
    assert.deepEqual([...after.chunks![0]!], [...after.counts]);
  });

  it('stay words beside any other word', () => {
    const [before, after] = [sample({ True: 3, No: 1 }), sample({ TRUE: 2 })];
    assert.deepEqual(inOneSpelling(before, after), [before, after]);
  });
});
