import assert from 'node:assert/strict';
import { textFlags } from '../../../src/cli/table-options.js';

describe('how the letters of a table are said to be written', () => {
  it('may be said as other programs spell it, and what is not known is refused', () => {
    const read = (encoding: string) => textFlags({ encoding }, ['march.csv']).encoding;
    for (const name of ['latin1', 'latin-1', 'Latin-1', 'ISO-8859-1']) assert.equal(read(name), 'latin1');
    assert.deepEqual(['utf8', 'UTF-8', 'cp1252'].map(read), ['utf-8', 'utf-8', 'windows-1252']);
    for (const name of ['latin-9', 'utf-16', 'constructor'])
      assert.throws(() => read(name), new RegExp(`--encoding: found "${name}", expected`));
  });
});
