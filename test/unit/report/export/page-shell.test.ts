import assert from 'node:assert/strict';
import { reportPage } from '../../../../src/report/export/page-shell.js';
import { pageMessageOf } from '../../../../src/report/protocol.js';

describe('shell of a report page', () => {
  const html = reportPage({
    title: '<b>&"',
    scriptUri: 's.js',
    styleUri: 's.css',
    nonce: 'n1',
    cspSource: 'https://own',
  });

  it('lets nothing run or load but its own script and styles', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
    assert.match(policy!, /default-src 'none'/);
    assert.match(policy!, /script-src 'nonce-n1'/);
    assert.doesNotMatch(html, /unsafe/);
  });

  it('shows a title as text', () => assert.match(html, /<title>&#60;b&#62;&#38;&#34;<\/title>/));
});

describe('messages of a page', () => {
  it('understands what pages of ours send', () => {
    assert.deepEqual(pageMessageOf({ type: 'ready' }), { type: 'ready' });
    assert.deepEqual(pageMessageOf({ type: 'command', command: 'showRows', argument: 'gate:recall' }), {
      type: 'command',
      command: 'showRows',
      argument: 'gate:recall',
    });
  });

  it('ignores anything else', () => {
    const others = [null, 'ready', {}, { type: 'command' }, { type: 'command', command: 'workbench.action.quit' }];
    for (const other of others) assert.equal(pageMessageOf(other), undefined);
  });

  it('drops an argument that is no text', () =>
    assert.deepEqual(pageMessageOf({ type: 'command', command: 'retrain', argument: { a: 1 } }), {
      type: 'command',
      command: 'retrain',
    }));
});
