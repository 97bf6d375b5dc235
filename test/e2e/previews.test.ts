import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { deflateSync, gzipSync, crc32 } from 'node:zlib';
import { pack } from 'tar-stream';
import * as vscode from 'vscode';
import type { previewEditor } from '../../src/vscode/report/editor-types.js';
import type { Api } from '../../src/vscode/start.js';
import type { Item } from '../../src/vscode/tree-item.js';
import * as driver from './support/driver.js';
import { extensionApi, inFolder, inRepository, lines, run, until } from './support/extension.js';

/** Objects of a bucket of their own, so that no other test's pipeline is in the way. */
describe('objects of a bucket in VS Code', function () {
  this.timeout(180_000);
  const bucket = 'previews';
  let api: Api;
  let root: Item;
  const levels = () => api.views.buckets;
  const childrenOf = (item: Item) => levels().children(api.session.require(), item);
  const uriOf = (key: string) => vscode.Uri.from({ scheme: 'mlops', authority: 'local', path: `/${bucket}/${key}` });
  const active = () => vscode.window.tabGroups.activeTabGroup.activeTab;
  const itemAt = async (key: string) => {
    let items = await childrenOf(root);
    for (const [at, part] of key.split('/').entries()) {
      const found = items.find(({ label }) => label.replace(/\/$/, '') === part);
      assert.ok(found, `${part} is not among ${lines(items).join(', ')}`);
      if (at === key.split('/').length - 1) return found;
      items = await childrenOf(found);
    }
    throw new Error(key);
  };
  const open = async (key: string) => run('mlops.openObject', await itemAt(key));
  const inBothThemes = async (name: string) => {
    for (const theme of ['light', 'dark'] as const) {
      await driver.setTheme(theme);
      await driver.screenshot(`preview-${name}-${theme}`);
    }
  };

  before(async () => {
    api = await extensionApi();
    await fill(bucket);
    await vscode.commands.executeCommand('workbench.view.extension.mlops');
    await vscode.commands.executeCommand('notifications.clearAll');
    await run('mlops.refreshBuckets');
    const found = api.views.of['mlops.buckets'].items.find(({ label }) => label === bucket);
    assert.ok(found, 'the bucket is not in the tree');
    root = found;
  });
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  driver.itInBrowser('a Parquet opens as a grid', async () => {
    await open('tables/readings.parquet');
    assert.equal(await driver.webviewText('[id="cell-0-0"]:has-text("machine 0")'), 'machine 0');
    assert.match(await driver.webviewText('[data-count]'), /^rows 1–\d+ of 51,234$/);
    assert.match(await driver.webviewText('[data-column="vibration"] .empty:has-text("%")'), /20\.0 %/);
    assert.deepEqual(await driver.consoleProblems(), []);
  });

  driver.itInBrowser('the first rows of a table can be sorted and copied with the keyboard', async () => {
    const preview = 'mlops.preview' satisfies typeof previewEditor;
    await vscode.commands.executeCommand('vscode.openWith', uriOf('tables/readings.parquet'), preview);
    assert.equal(await driver.webviewText('[data-about="table-preview"] h1'), '51,234 rows, 5 columns');
    await inBothThemes('parquet');
    await driver.webviewEvaluate('document.querySelector("[data-table=rows] [data-sort=c1]").focus()');
    await driver.press('Enter');
    const order = 'document.querySelector("[data-table=rows] .col-c1").getAttribute("aria-sort")';
    assert.equal(await driver.webviewEvaluate(order), 'descending');
    await driver.webviewEvaluate('document.querySelector("[data-action=copyCsv-rows]").focus()');
    await driver.press('Enter');
    await untilClipboard(/^#,machine,hours/);
  });

  driver.itInBrowser('a model.tar.gz shows what lies in it, and opens a file of it', async () => {
    await open('artifacts/model.tar.gz');
    assert.match(await driver.webviewText('[data-about="archive-contents"] h1'), /^3 files, /);
    assert.match(await driver.webviewText('[data-table="members"]'), /evaluation\.json/);
    await inBothThemes('tar-gz');
    await driver.webviewEvaluate(
      'document.querySelector("[data-table=members] [data-rows=\\"code/inference.py\\"]").focus()',
    );
    await driver.press('Enter');
    await until('the member is open', vscode.window.onDidChangeActiveTextEditor, () =>
      vscode.window.activeTextEditor?.document.uri.path.endsWith('model.tar.gz/code/inference.py'),
    );
    const { document } = vscode.window.activeTextEditor!;
    assert.match(document.getText(), /def predict_fn/);
  });

  driver.itInBrowser('an image opens in the preview of VS Code', async () => {
    await open('plots/gradient.png');
    assert.equal(active()?.label, 'gradient.png');
    const width = await driver.webviewEvaluate<number>(
      'new Promise((done) => { const image = document.querySelector("img"); image.naturalWidth ? done(image.naturalWidth) : (image.onload = () => done(image.naturalWidth)); })',
      'img',
    );
    assert.equal(width, 64);
    await inBothThemes('image');
  });

  driver.itInBrowser('results open as a report', async () => {
    await open('monitoring/runs/20261121-093105-bbbbbb/monitoring_results.json');
    assert.match(await driver.webviewText('[data-verdict] h1'), /\w/);
    assert.equal((active()?.input as vscode.TabInputCustom).uri.scheme, 'mlops');
    await inBothThemes('results');
  });

  driver.itInBrowser('a text opens as text, read-only, and a large one as its beginning', async () => {
    await open('tables/small.csv');
    await until('the text is open', vscode.window.onDidChangeActiveTextEditor, () =>
      vscode.window.activeTextEditor?.document.uri.path.endsWith('small.csv'),
    );
    const { document } = vscode.window.activeTextEditor!;
    assert.equal(document.getText(), 'a,b\n1,x\n2,\n');
    await assert.rejects(
      async () => vscode.workspace.fs.writeFile(uriOf('tables/small.csv'), Buffer.from('x')),
      /read-?only|NoPermissions/i,
    );
    await open('logs/large.log');
    assert.equal(active()?.label, 'first 1 MB of large.log');
  });

  it('what changed is shown when somebody refreshes its folder', async () => {
    const document = await vscode.workspace.openTextDocument(uriOf('tables/small.csv'));
    await vscode.window.showTextDocument(document, { preview: false });
    await put(bucket, 'tables/small.csv', 'a,b\n3,new\n');
    await run('mlops.refreshNode', await itemAt('tables'));
    await until('the new text', vscode.workspace.onDidChangeTextDocument, () => document.getText().includes('3,new'));
  });

  driver.itInBrowser('a search stays on its node until it is cleared', async () => {
    const quiet = ['pipeline', 'endpoints', 'alarms', 'featureGroups', 'models'].map(
      (view) => `mlops.${view}.toggleVisibility`,
    );
    for (const toggle of quiet) await vscode.commands.executeCommand(toggle);
    await vscode.commands.executeCommand('mlops.buckets.focus');
    for (const row of [bucket, 'tables/']) await expand(row);
    await rowsShow(/lines\.jsonl/);
    await driver.windowClick(`${rowOf('tables/')} .action-label[aria-label^="Search"]`);
    await driver.windowTexts('.quick-input-widget .quick-input-title');
    for (const key of ['r', 'e', 'Enter']) await driver.press(key);
    await rowsShow(/tables\/\s*begins with re/);
    await rowsShow(/readings\.parquet/);
    assert.doesNotMatch(await rowsText(), /lines\.jsonl/);
    await inBothThemes('search');
    await driver.windowClick(`${rowOf('tables/')} .action-label[aria-label^="Clear Search"]`);
    await rowsShow(/lines\.jsonl/);
    for (const toggle of quiet) await vscode.commands.executeCommand(toggle);
  });
});

const rowOf = (name: string) => `.monaco-list-row[aria-label^="${name}"]`;

/** A view that is drawn anew in the very moment may lose a click; a person clicks again. */
async function expand(row: string): Promise<void> {
  const click = () => driver.windowClick(`${rowOf(row)}[aria-expanded="false"]`);
  await click();
  await driver.windowTexts(`${rowOf(row)}[aria-expanded="true"]`).catch(click);
}

const rowsText = async () => (await driver.windowTexts('.pane-body .monaco-list-row')).join('\n');

async function rowsShow(pattern: RegExp): Promise<void> {
  for (let tries = 0; tries < 200 && !pattern.test(await rowsText()); tries += 1) await pause();
  assert.match(await rowsText(), pattern);
}

const pause = () => new Promise((done) => setTimeout(done, 50));

async function untilClipboard(pattern: RegExp): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (pattern.test(await vscode.env.clipboard.readText())) return;
    await pause();
  }
  assert.match(await vscode.env.clipboard.readText(), pattern);
}

function put(bucket: string, key: string, body: string | Uint8Array): Promise<void> {
  const path = inFolder('.mlops', 'buckets', bucket, key);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, body);
  return Promise.resolve();
}

async function fill(bucket: string): Promise<void> {
  const tar = pack();
  tar.entry({ name: 'model.txt', mtime: new Date('2026-11-21T09:00:00Z') }, 'tree\n'.repeat(2000));
  tar.entry(
    { name: 'code/inference.py', mtime: new Date('2026-11-21T09:00:00Z') },
    'def predict_fn(rows, model):\n    return model.predict(rows)\n',
  );
  tar.entry({ name: 'evaluation.json', mtime: new Date('2026-11-21T09:00:00Z') }, '{ "auc": 0.9 }\n');
  tar.entry({ name: 'latest', type: 'symlink', linkname: 'model.txt' });
  tar.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of tar as AsyncIterable<Uint8Array>) chunks.push(chunk);
  await put(bucket, 'artifacts/model.tar.gz', gzipSync(Buffer.concat(chunks)));
  await put(bucket, 'plots/gradient.png', gradient(64));
  await put(bucket, 'tables/small.csv', 'a,b\n1,x\n2,\n');
  await put(bucket, 'tables/lines.jsonl', '{"a":1}\n{"a":2}\n');
  await put(bucket, 'tables/readings.parquet', '');
  await put(bucket, 'logs/large.log', 'one line of a large log\n'.repeat(1_000_000));
  const results = await vscode.workspace.fs.readFile(
    vscode.Uri.file(inRepository('test/fixtures/documents/monitoring-fail.json')),
  );
  await put(bucket, 'monitoring/runs/20261121-093105-bbbbbb/monitoring_results.json', results);
  makeParquet(inFolder('.mlops', 'buckets', bucket, 'tables', 'readings.parquet'));
}

/** In a process of its own, as everything that needs DuckDB. */
function makeParquet(path: string): void {
  const script = `
    const { DuckDBInstance } = require('@duckdb/node-api');
    (async () => {
      const connection = await (await DuckDBInstance.create(':memory:')).connect();
      await connection.run(\`COPY (SELECT 'machine ' || (range % 40) AS machine, range % 8760 AS hours,
        CASE WHEN range % 5 > 0 THEN round(sin(range) * 10 + 40, 3) END AS vibration,
        TIMESTAMP '2026-01-01' + INTERVAL (range) MINUTE AS read_at, range % 97 = 0 AS failed FROM range(51234))
        TO '\${process.argv[1]}' (FORMAT parquet, ROW_GROUP_SIZE 10000)\`);
    })();`;
  execFileSync('node', ['-e', script, path], { cwd: inRepository('.') });
}

/** A PNG of `size` by `size` pixels. Source: PNG specification, chunks IHDR, IDAT and IEND. */
function gradient(size: number): Buffer {
  const rows = Array.from({ length: size }, (_, y) => [
    0,
    ...Array.from({ length: size }, (__, x) => [x * 4, y * 4, 160]).flat(),
  ]);
  const chunk = (type: string, data: Uint8Array) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body) >>> 0);
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
