import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync, existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { MonitoredRows } from '../../../src/documents/monitored-rows.js';
import type { MonitoringResults } from '../../../src/documents/monitoring.js';
import type { Comparison } from '../../../src/report/comparison/compare.js';
import { mlops, mlopsJson } from '../../support/cli.js';
import { chromiumPath, launch } from '../../support/report-page.js';

const chrome = chromiumPath();

describe('the rows behind a verdict', function () {
  this.timeout(180_000);
  const folder = mkdtempSync(join(tmpdir(), 'mlops-rows-'));
  const cwd = join(folder, 'drives');
  let results: MonitoringResults;

  before(async () => {
    assert.equal((await mlops(['init', 'hdd-failure', cwd, '--sample', '--quiet'])).code, 0);
    const run = await mlops(['run', '--quiet'], { cwd });
    assert.ok(run.code === 0 || run.code === 1, run.stderr);
    const key = (await rows('cell', 'fn')).results;
    results = JSON.parse((await mlops(['bucket', 'cat', key], { cwd })).stdout) as MonitoringResults;
  });
  after(async () => {
    await mlops(['endpoint', 'stop', 'hdd-failure'], { cwd });
    rmSync(folder, { recursive: true, force: true });
  });

  const rows = (kind: string, name: string, ...more: string[]) =>
    mlopsJson<MonitoredRows>(['rows', `--${kind}=${name}`, ...more], { cwd });

  it('are as many as each cell of the confusion matrix says, the most wrong first', async () => {
    for (const cell of ['tp', 'fp', 'fn', 'tn'] as const) {
      assert.equal((await rows('cell', cell, '--limit', '1')).total, results.confusion_matrix![cell], cell);
    }
    const { rows: missed } = await rows('cell', 'fp', '--limit', '10');
    const wrong = missed.map((row) => row.wrong!);
    assert.deepEqual(
      wrong,
      [...wrong].sort((a, b) => b - a),
    );
    assert.ok(missed.every(({ label, predicted }) => label === 0 && predicted === 1));
  });

  it('of a gate are what speaks against its figure', async () => {
    assert.equal((await rows('gate', 'recall')).total, results.confusion_matrix!.fn);
    assert.equal((await rows('gate', 'false-positives')).total, results.confusion_matrix!.fp);
    const nulls = await rows('gate', 'nulls', '--limit', '5');
    const at = nulls.features.indexOf(
      /of (smart_\w+|pct_\w+) was/.exec(results.gates.find(({ id }) => id === 'nulls')!.message)![1]!,
    );
    assert.ok(nulls.total > 0 && nulls.rows.every(({ values }) => values[at] === null));
  });

  it('of a column begin with the value farthest from its baseline', async () => {
    const { rows: far, features } = await rows('column', 'smart_5_raw', '--limit', '50');
    const { mean } = results.columns.find(({ column }) => column === 'smart_5_raw')!.baseline;
    const distances = far.map(({ values }) => Math.abs(Number(values[features.indexOf('smart_5_raw')]) - mean!));
    assert.deepEqual(
      distances,
      [...distances].sort((a, b) => b - a),
    );
  });

  it('can be narrowed to a slice, by value or range', async () => {
    const all = (await rows('slice', 'smart_5_raw>=0')).total;
    const [low, high] = [
      (await rows('slice', 'smart_5_raw=[0, 2)')).total,
      (await rows('slice', 'smart_5_raw>=2')).total,
    ];
    assert.ok(low > 0 && high > 0);
    assert.equal(low + high, all);
    assert.equal(all + (await rows('slice', 'smart_5_raw=(missing)')).total, results.n);
  });

  it('carry contributions that add up to the score', async () => {
    const { rows: explained } = await rows('cell', 'tp', '--limit', '5', '--contributions');
    for (const { contributions, score } of explained) {
      const raw = contributions!.steps.reduce((sum, { change }) => sum + change, contributions!.base);
      assert.ok(Math.abs(1 / (1 + Math.exp(-raw)) - score!) < 1e-9);
    }
  });

  it('are refused with what is there when the selection is not', async () => {
    const refused = async (...args: string[]) => {
      const { code, stderr } = await mlops(['rows', ...args], { cwd });
      assert.equal(code, 2);
      return stderr;
    };
    assert.match(await refused('--gate', 'nope'), /found gate "nope", expected one of these results: recall, /);
    assert.match(await refused(), /found none, expected one of --cell/);
    assert.match(await refused('--cell', 'fp', '--limit', '0'), /--limit: found "0", expected a whole number/);
    assert.match(
      await refused('--cell', 'fp', '--results', 'no/such.json'),
      /no\/such\.json: found no monitoring results/,
    );
  });

  it('are not left out of an export because their number is none', async () => {
    const { code, stderr } = await mlops(['report', '--rows', 'many'], { cwd });
    assert.equal(code, 2);
    assert.match(stderr, /--rows: found "many", expected a whole number from 0/);
  });

  it('differ between two runs only in what changed', async () => {
    await mlops(['run', 'monitor', '--quiet'], { cwd });
    const { runs } = await mlopsJson<{ runs: { id: string }[] }>(['runs', 'list'], { cwd });
    const [newer, older] = runs.map(({ id }) => id) as [string, string];
    const comparison = await mlopsJson<Comparison>(['runs', 'compare', older, newer], { cwd });
    assert.equal(comparison.kind, 'comparison');
    assert.ok(comparison.gates.length > 0 && comparison.gates.every(({ changed }) => !changed));
    const { stdout } = await mlops(['runs', 'compare', older, newer], { cwd });
    assert.ok(stdout.split('\n').every((line) => line.length <= 120));
  });

  describe('in an exported report', () => {
    const out = join(folder, 'report.html');
    before(async () => {
      const { code, stderr } = await mlops(['report', '--out', out, '--rows', '5', '--quiet'], { cwd });
      assert.equal(code, 0, stderr);
    });

    it('are in the file, which asks for nothing else', () => {
      const html = readFileSync(out, 'utf8');
      assert.match(html, /default-src 'none'/);
      assert.doesNotMatch(html, /(src|href)="http|connect-src|sourceMappingURL/);
    });

    if (!chrome) it.skip('are shown from disk without network (no Chromium here; $CHROME may name one)');
    else {
      it('are shown from disk without network, in both themes', async () => {
        const browser = await launch(chrome);
        try {
          for (const colorScheme of ['dark', 'light'] as const) {
            const context = await browser.newContext({ colorScheme, offline: true });
            const page = await context.newPage();
            const complaints: string[] = [];
            page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()));
            page.on('pageerror', (error) => complaints.push(error.message));
            await page.goto(`file://${out}`);
            await page.locator('[data-cell="fp"]').press('Enter');
            const row = page.locator('#rows [data-rows]').first();
            await row.press('Enter');
            await page.locator('[data-waterfall]').waitFor();
            assert.equal(await page.locator('#rows tbody tr[data-row]').count(), 5);
            const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
            assert.equal(paper, colorScheme === 'dark' ? 'rgb(31, 31, 31)' : 'rgb(255, 255, 255)');
            assert.deepEqual(complaints, []);
            await context.close();
          }
        } finally {
          await browser.close();
        }
      });
    }
  });

  it('are exported with the decision that the overrides of the moment make', async () => {
    const decision = async () =>
      /\*\*Decision:\*\* .*/.exec((await mlops(['report', '--format', 'markdown'], { cwd })).stdout)![0];
    assert.doesNotMatch(await decision(), /held by override/);
    const held = await mlops(['override', 'set', 'force-skip-retrain', '--reason', 'audit'], { cwd });
    assert.equal(held.code, 0, held.stderr);
    assert.match(await decision(), /Keep .* held by override/);
    await mlops(['override', 'clear', 'force-skip-retrain', '--reason', 'done'], { cwd });
  });

  it('also come as Markdown and as CSV, and a file needs no project', async () => {
    const markdown = await mlops(['report', '--format', 'markdown'], { cwd });
    assert.match(markdown.stdout, /^## . (Pass|Fail|Warning)/);
    const csv = await mlops(['report', '--format', 'csv', '--table', 'gates'], { cwd });
    assert.match(csv.stdout, /^answer,gate,level,value/);
    const names = await mlops(['report', '--format', 'csv', '--table', 'list'], { cwd });
    assert.match(names.stdout, /^gates\tGates\nconfusion\t/);
    const file = join(folder, 'eval_summary.json');
    writeFileSync(file, readFileSync('test/fixtures/documents/template-eval-summary.json'));
    const { code } = await mlops(['report', file, '--out', join(folder, 'e.html'), '--quiet'], { cwd: folder });
    assert.equal(code, 0);
    assert.ok(existsSync(join(folder, 'e.html')));
    const wrong = await mlops(['report', file, '--format', 'pdf'], { cwd: folder });
    assert.deepEqual([wrong.code, wrong.stderr.trim()], [2, '--format: found "pdf", expected html, markdown, csv']);
  });

  it('makes the folder that --out names, and says what it cannot write', async () => {
    const file = resolve('test/fixtures/documents/template-eval-summary.json');
    const out = join(folder, 'made', 'here', 'e.md');
    const made = await mlops(['report', file, '--format', 'markdown', '--out', out], { cwd: folder });
    assert.deepEqual([made.code, existsSync(out)], [0, true], made.stderr);
    const onto = await mlops(['report', file, '--format', 'markdown', '--out', folder], { cwd: folder });
    assert.equal(onto.code, 4);
    assert.match(onto.stderr, /^cannot write .*: /);
  });
});
