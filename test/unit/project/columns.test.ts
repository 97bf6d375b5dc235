import assert from 'node:assert/strict';
import fc from 'fast-check';
import { matchColumns } from '../../../src/project/columns.js';

describe('matching columns', () => {
  const names = ['smart_5_raw', 'smart_187_raw', 'smart_5_normalized', 'age', 'a.b'];

  it('takes names and patterns, each column once, in the order of the patterns', () => {
    assert.deepEqual(matchColumns(['age', 'smart_*_raw', '*_raw'], names), ['age', 'smart_5_raw', 'smart_187_raw']);
    assert.deepEqual(matchColumns(['*'], names), names);
    assert.deepEqual(matchColumns(['smart'], names), []);
  });

  it('takes every other sign as itself', () => {
    assert.deepEqual(matchColumns(['a.b'], ['axb', 'a.b']), ['a.b']);
    assert.deepEqual(matchColumns(['(x)+', '[1]'], ['(x)+', '[1]', 'x', '1']), ['(x)+', '[1]']);
  });

  it('finds any name by itself', () => {
    const name = fc.string({ minLength: 1 }).filter((text) => !text.includes('*'));
    fc.assert(fc.property(name, (text) => matchColumns([text], ['other', text]).includes(text)));
  });
});
