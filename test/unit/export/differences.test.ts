import assert from 'node:assert/strict';
import { anyChange, differences } from '../../../src/export/differences.js';

const map = (value: Record<string, unknown>) => new Map(Object.entries(value));

describe('what applying would change', () => {
  it('tells added, changed, unchanged and removed things apart', () => {
    const found = differences(
      map({ fresh: 1, other: { a: 1, b: [1, 2] }, same: { a: 1, b: 2 } }),
      map({ same: { b: 2, a: 1 }, other: { a: 1, b: [1, 3] }, gone: 0 }),
    );
    assert.deepEqual(
      found.map(({ name, change }) => [name, change]),
      [
        ['fresh', 'add'],
        ['other', 'change'],
        ['same', 'unchanged'],
        ['gone', 'remove'],
      ],
    );
    assert.deepEqual(found[1]!.details, ['b.1: 3 -> 2']);
  });

  it('names what came and what went within a thing', () => {
    const [found] = differences(map({ a: { kept: 1, came: 'x' } }), map({ a: { kept: 1, went: true } }));
    assert.deepEqual(found!.details.sort(), ['came: nothing -> "x"', 'went: true -> nothing']);
  });

  it('takes what is absent and what is undefined for the same', () => {
    const found = differences(map({ a: { b: undefined } }), map({ a: {} }));
    assert.equal(anyChange(found), false);
  });
});
