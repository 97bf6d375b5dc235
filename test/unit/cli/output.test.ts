import assert from 'node:assert/strict';
import { harmless, table } from '../../../src/cli/output.js';

describe('text of others in a terminal', () => {
  it('cannot steer it from a table', () => {
    const shown = table(['member'], [['\u001b]0;title\u0007model.txt'], ['\u001b[2J\u001b[Hgone'], ['back\rforth']]);
    assert.deepEqual(shown.split('\n').slice(1), ['�]0;title�model.txt', '�[2J�[Hgone', 'back�forth']);
  });

  it('keeps its lines, tabs and colours', () => {
    const text = 'a\tb\r\nc\n\u001b[31mred\u001b[39m';
    assert.equal(harmless(text), text);
  });
});
