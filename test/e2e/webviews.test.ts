import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import * as driver from './support/driver.js';

const strict = "default-src 'none'; style-src 'unsafe-inline'";
const page = (body: string) => `<!doctype html><html><head>
  <meta http-equiv="Content-Security-Policy" content="${strict}; script-src 'nonce-n'"></head><body>${body}</body></html>`;
const counter = `<p id="count">0 clicks</p><button>Count</button>
  <script nonce="n">
    let clicks = 0;
    document.querySelector('button').onclick = () => { count.textContent = ++clicks + ' clicks'; };
  </script>`;

describe('looking into webviews', () => {
  const open: vscode.WebviewPanel[] = [];
  const show = (title: string, html: string) => {
    const panel = vscode.window.createWebviewPanel('probe', title, vscode.ViewColumn.Active, { enableScripts: true });
    panel.webview.html = html;
    open.push(panel);
  };
  afterEach(() => {
    for (const panel of open.splice(0)) panel.dispose();
  });

  driver.itInBrowser('reads, clicks and evaluates in the page that is shown', async () => {
    show('Hidden', page('<p id="count">another page</p>'));
    show('Counter', page(counter));
    await driver.webviewClick('button');
    assert.equal(await driver.webviewText('#count'), '1 clicks');
    assert.match(await driver.webviewHtml('button'), /^<button>Count<\/button>$/);
    assert.equal(await driver.webviewEvaluate('Promise.resolve(document.querySelectorAll("button").length)'), 1);
    assert.deepEqual(await driver.consoleProblems(), []);
  });

  driver.itInBrowser('puts the window and its pages into each theme', async () => {
    show('Counter', page(counter));
    for (const [theme, kind] of [
      ['light', 'vscode-light'],
      ['hc', 'vscode-high-contrast'],
      ['dark', 'vscode-dark'],
    ] as const) {
      await driver.setTheme(theme);
      assert.equal(await driver.webviewEvaluate('document.body.dataset.vscodeThemeKind', '#count'), kind);
      await driver.screenshot(`webview-${theme}`);
    }
  });

  driver.itInBrowser('notices what a page does wrong', async () => {
    show('Broken', page('<p id="shown">x</p><script>alert(1)</script><script nonce="n">lost()</script>'));
    await driver.webviewText('#shown');
    const problems = (await driver.consoleProblems()).map((problem) => problem.text).join('\n');
    assert.match(problems, /Content Security Policy/);
    assert.match(problems, /lost is not defined/);
  });
});
