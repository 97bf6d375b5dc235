import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import * as vscode from 'vscode';
import * as driver from './support/driver.js';
import { extensionApi, inFolder, inRepository } from './support/extension.js';

const rows = 400_000;
const file = () => inFolder('drives.parquet');

/** Tables of the workspace itself, as a person meets them. */
describe('a table of the workspace in VS Code', function () {
  this.timeout(120_000);
  /** A cell that is there and filled. */
  const cellOf = (row: number, column: number) => `[id="cell-${row}-${column}"]:not(:empty)`;

  before(async () => {
    await extensionApi();
    makeTable(file());
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await driver.setTheme('dark');
    rmSync(file(), { force: true });
  });

  driver.itInBrowser(
    'opens as a grid by itself, is sorted, filtered and copied, and is the same after it was hidden',
    async () => {
      await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file()), { preview: false });
      assert.equal(await driver.webviewText(cellOf(0, 0)), 'Z0000000');
      assert.match(await driver.webviewText('[data-count]'), /^rows 1–\d+ of 400,000$/);
      assert.match(await driver.webviewText('[data-column="temperature"] .glance:has-text("%")'), /decimal\s*2\.0 %/);

      // To the end and back by the keyboard.
      await driver.webviewClick(cellOf(0, 0));
      await driver.press('Control+End');
      assert.equal(await driver.webviewText(cellOf(rows - 1, 8)), '2026-04-05 15:06:39');
      await driver.press('Control+Home');

      await driver.webviewClick('[data-column="hours"] [data-action="name"]');
      await driver.webviewClick('[data-column="hours"] [data-action="name"]');
      await driver.webviewText('[data-column="hours"][aria-sort="descending"]');
      await driver.webviewClick('[data-filter="model"]');
      await driver.type('st12');
      await driver.press('Enter');
      assert.match(await driver.webviewText('[data-of]:has-text("of 400,000")'), /of 400,000/);
      assert.match(await driver.webviewText('[data-count]'), /of 100,000$/);
      assert.equal(await driver.webviewText(`${cellOf(0, 3)}:has-text("9007199254740999")`), '9007199254740999');

      await driver.webviewClick(cellOf(0, 2));
      for (const key of ['Shift+ArrowRight', 'Shift+ArrowDown', 'Control+c']) await driver.press(key);
      await driver.webviewText('[data-news]:has-text("Copied 4 cells")');
      const [first = ''] = (await vscode.env.clipboard.readText()).split('\n');
      assert.match(first, /^ST12000\t9007199254740999$/);

      await driver.webviewClick('[data-column="temperature"] [data-action="glance"]');
      assert.match(await driver.webviewText('[data-statistics="temperature"] dl'), /empty\s+0 %[\s\S]*median\s+32\.5/);
      for (const theme of ['light', 'dark', 'hc'] as const) {
        await driver.setTheme(theme);
        await driver.screenshot(`grid-${theme}`);
      }
      await driver.press('Escape');
      await vscode.window.showTextDocument(vscode.Uri.file(inFolder('mlops.json')));
      await vscode.commands.executeCommand('workbench.action.previousEditor');
      assert.match(await driver.webviewText('[data-of]:has-text("of 400,000")'), /of 400,000/);
      assert.equal(await driver.webviewEvaluate('document.querySelector("[data-filter=model]").value'), 'st12');
      assert.deepEqual(await driver.consoleProblems(), []);
    },
  );

  driver.itInBrowser('columns that the project calls private are covered', async () => {
    const project = inFolder('mlops.json');
    const before = readFileSync(project, 'utf8');
    const write = (text: string) => vscode.workspace.fs.writeFile(vscode.Uri.file(project), Buffer.from(text));
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    try {
      await write(before.replace('{', '{ "private": ["serial*"],'));
      await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file()));
      assert.equal(await driver.webviewText(cellOf(0, 0)), '•••');
      assert.equal(await driver.webviewText(cellOf(0, 2)), 'ST4000');
    } finally {
      await write(before);
    }
  });
});

/** In a process of its own, as everything that needs DuckDB. */
function makeTable(path: string): void {
  const script = `
    const { DuckDBInstance } = require('@duckdb/node-api');
    (async () => {
      const connection = await (await DuckDBInstance.create(':memory:')).connect();
      await connection.run(\`COPY (SELECT 'Z' || printf('%07d', range) AS serial_number,
        DATE '2026-04-01' + (range % 30)::INTEGER AS date, ['ST4000', 'ST12000', 'HUH721', 'MG07AC'][range % 4 + 1] AS model,
        (9007199254740993 + hash(range) % 7)::BIGINT AS hours, range % 97 = 0 AS failed,
        CASE WHEN range % 50 > 0 THEN round(30 + 8 * sin(range) + (hash(range) % 100) / 20, 1) END AS temperature,
        CASE WHEN hash(range) % 20 = 0 THEN hash(range * 7) % 65536 ELSE 0 END::INTEGER AS smart_187_raw,
        (hash(range + 3) % 1000 / 8)::DECIMAL(10, 3) AS capacity_tb, TIMESTAMP '2026-04-01' + INTERVAL (range) SECOND AS read_at
        FROM range(${rows})) TO '\${process.argv[1]}' (FORMAT parquet)\`);
    })();`;
  execFileSync('node', ['-e', script, path], { cwd: inRepository('.') });
}
