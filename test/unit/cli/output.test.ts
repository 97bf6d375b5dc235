import assert from 'node:assert/strict';
import { table } from '../../../src/cli/output.js';
import { forTerminal, harmless, jsonText, paint, printBytes } from '../../../src/cli/terminal.js';

/** As a terminal without colours shows it. */
const plain = (text: string) => forTerminal(text).replace(/\u001b\[\d+m/g, '');

describe('text of others in a terminal', () => {
  it('cannot steer it from a table', () => {
    const shown = table(['member'], [['\u001b]0;title\u0007model.txt'], ['\u001b[2J\u001b[Hgone'], ['back\rforth']]);
    assert.deepEqual(shown.slice(1), ['�]0;title�model.txt', '�[2J�[Hgone', 'back�forth']);
  });

  it('keeps its lines and tabs, and no colour: green is for us to give', () => {
    assert.equal(harmless('a\tb\r\nc\n\u001b[32mpass\u001b[39m'), 'a\tb\r\nc\n�[32mpass�[39m');
  });

  it('cannot end its row, turn the order of what is read, or use the controls of eight bits', () => {
    const shown = table(['key'], [['a\nverdict pass'], ['a\u202egpj.exe\u2066'], ['\u009b2J'], ['b\r\nc']]);
    assert.deepEqual(shown.slice(1), ['a verdict pass', 'a�gpj.exe�', '�2J', 'b c']);
    assert.equal(forTerminal('x\u009d0;t\u0007y'), 'x�0;t�y');
  });

  it('cannot pass for a colour of ours, nor for a line of ours, wherever it stands', () => {
    assert.equal(plain(paint.yellow('a\u001b[2J')), 'a�[2J');
    assert.deepEqual(table(['a\u001b[2J\nb'], []).map(plain), ['a�[2J b']);
    assert.equal(forTerminal(['a\n# verdict pass', ['b\r\n\nc', ['']], 'd']), 'a # verdict pass\nb c\n\nd');
  });

  it('goes to a pipe as it is, and harmless to a terminal, where it is bytes', () => {
    const written: unknown[] = [];
    const stream = (isTTY: boolean) => ({ isTTY, write: (bytes: unknown) => written.push(bytes) > 0 });
    const bytes = Buffer.from('a\u001b[2J\n');
    for (const isTTY of [false, true]) printBytes(bytes, stream(isTTY));
    assert.deepEqual(written, [bytes, 'a�[2J\n']);
  });

  it('is escaped in JSON, and reads the same', () => {
    const text = 'a\u001b]0;\u0007\u009b2J\u202eb\u2028';
    assert.doesNotMatch(jsonText({ text }), /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e]/);
    assert.deepEqual(JSON.parse(jsonText({ text })), { text });
  });
});
