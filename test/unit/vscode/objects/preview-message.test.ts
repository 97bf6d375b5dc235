import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PageView } from '../../../../src/report/blocks/blocks.js';
import { isPreviewed } from '../../../../src/vscode/objects/previewed.js';
import { previewMessage } from '../../../../src/vscode/report/preview-message.js';
import { now } from '../support.js';

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(join('test', 'fixtures', 'documents', `${name}.json`), 'utf8'));

function page(name: string, inArchive: boolean): PageView {
  const message = previewMessage(name, fixture(name), inArchive, now);
  assert.ok(message.type === 'report' && message.view.kind === 'page');
  return message.view;
}

const opened = ({ blocks }: PageView) =>
  blocks.flatMap((block) => (block.type === 'table' ? block.rows.map(({ open }) => open?.argument ?? null) : []));

describe('the preview of an object', () => {
  it('offers to open the harmless files of an archive, and none of an archive within', () => {
    assert.deepEqual(opened(page('archive-contents', false)), ['model.txt', 'code/inference.py', null]);
    assert.deepEqual(opened(page('archive-contents', true)), [null, null, null]);
  });

  it('asks in the page before it reads what is large', () => {
    assert.deepEqual(page('table-preview-unread', false).actions, [{ command: 'readWhole', label: 'Read 96.3 MB' }]);
    assert.deepEqual(page('table-preview', false).actions, []);
  });

  it('says why something is none', () => {
    const message = previewMessage('a', { kind: 'table-preview', schemaVersion: 1 }, false, now);
    assert.ok(message.type === 'raw');
    assert.match(message.reason, /not what its kind says/);
  });

  it('is for what no editor of texts reads', () => {
    const names = ['model.tar.gz', 'a.tgz', 'code.zip', 'rows.csv.gz', 'a.csv', 'a.parquet', 'a.png'];
    assert.deepEqual(names.filter(isPreviewed), names.slice(0, 4));
  });
});
