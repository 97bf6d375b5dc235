/** Names and words of others, in every command: none steers a terminal, and none begins a line that reads as ours. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { forTerminal } from '../../../src/cli/terminal.js';
import { tablesOf } from '../../../src/report/export/tables.js';
import { markdownOf } from '../../../src/report/export/markdown.js';
import { openDocument } from '../../../src/report/open.js';
import { csvOf } from '../../../src/report/export/csv.js';
import { mlops } from '../../support/cli.js';
import { pathsOf, wholeProgram } from '../../support/command-paths.js';
import { assertHarmless, hostile, poisoned } from '../../support/hostile-text.js';
import { lyingZip } from '../../support/lying-zip.js';
import { temporaryFolder } from '../../support/temporary.js';

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const target = `target${hostile}`;
const size = `size${hostile}`;
const kind = `kind${hostile}`;
// A carriage return within quotes would contradict the file's own line ends.
const inTable = (text: string) => text.replaceAll('\r\n', '\n');

/** A table whose columns and categories are hostile. */
function table(rows: number): string {
  const lines = [['id', size, kind, target]];
  for (let row = 0; row < rows; row += 1) {
    const value = ((row * 7919) % 1000) / 1000;
    const letter = 'abc'[row % 3]!;
    const answer = value + (letter === 'a' ? 0.3 : 0) + ((row * 31) % 17) / 40 > 0.8 ? 'yes' : 'no';
    lines.push([`r${row}`, String(value), `${letter}${hostile}`, `${answer}${hostile}`]);
  }
  return lines.map((line) => line.map((cell) => quoted(inTable(cell))).join(',')).join('\n') + '\n';
}

const learning = ['--data', 'rows.csv', '--target', inTable(target)];
/** In an order in which each finds what it needs; several ways of one command are several lines. */
const commands: [path: string, ...args: string[]][] = [
  ['init', `no-such${hostile}`],
  ['status'],
  ['runs list'],
  ['runs show', '{run}'],
  ['runs show', hostile],
  ['runs compare', '{run}', '{run}'],
  ['gate'],
  ['gate', '--format', 'markdown'],
  ['gate', '--format', 'junit'],
  ['gate', '--results', 'results.json'],
  ['gate', '--results', 'results.json', '--format', 'markdown'],
  ['gate', '--results', 'results.json', '--format', 'junit'],
  ['gate', '--results', 'results.json', '--format', 'json'],
  ['gate', '--format', hostile],
  ['gate backtest', '--since', '2020-01-01'],
  ['judge', 'rows.csv'],
  ['judge', 'few.csv', '--again'],
  ['labels add', 'rows.csv', '--label', inTable(target)],
  ['labels add', 'rows.csv', '--batch', hostile],
  ['batches list'],
  ['batches trend'],
  ['batches trend', '--out', hostile],
  ['batches show', hostile],
  ['batches accept', hostile],
  [
    'metrics',
    '--data',
    'rows.csv',
    '--label',
    inTable(target),
    '--score',
    inTable(size),
    '--slice',
    inTable(kind),
    '--positive',
    inTable(`no${hostile}`),
  ],
  ['metrics', '--data', 'rows.csv', '--label', inTable(target), '--score', inTable(kind), '--task', 'multiclass'],
  ['drift', '--reference', 'rows.csv', '--current', 'few.csv'],
  ['drift', '--reference', 'rows.csv', '--current', 'others.csv'],
  ['profile', '--data', 'rows.csv'],
  ['profile', '--data', 'rows.csv', '--profile', 'sagemaker', '--out', 'profiled'],
  ['profile', '--data', 'others.csv', '--profile', 'sagemaker', '--constraints', 'profiled/constraints.json'],
  ['profile', '--data', 'wide.csv'],
  ['report', '--out', 'report.html'],
  ['report', '--format', 'markdown'],
  ['report', 'dashboard', '--format', 'markdown'],
  ['report', '--format', 'csv', '--table', 'list'],
  ['report', 'no-such-document'],
  ['rows', '--gate', 'useful'],
  ['rows', '--cell', 'fn', '--contributions'],
  ['rows', '--slice', hostile],
  ['override set', 'force-retrain', '--reason', `because${hostile}`],
  ['override list'],
  ['override clear', 'force-retrain', '--reason', `because${hostile}`],
  ['waive', 'useful', '--owner', `ana${hostile}`, '--until', '2099-01-01', '--reason', `because${hostile}`],
  ['waive', hostile, '--owner', 'ana', '--until', '2099-01-01', '--reason', 'because'],
  ['waive', '--list'],
  ['status'],
  ['history'],
  ['bucket ls'],
  ['bucket ls', ''],
  ['bucket ls', '', '--recursive'],
  ['bucket preview', 'notes/rows.csv'],
  ['bucket preview', 'notes/days.zip'],
  ['bucket preview', 'notes/text.txt'],
  ['bucket put', 'rows.csv', `notes/new${hostile}.csv`],
  ['bucket get', `notes/new${hostile}.csv`, 'copy.csv'],
  ['bucket rm', `notes/new${hostile}.csv`],
  ['bucket rm', hostile],
  ['feature-group list'],
  ['feature-group describe', '{project}-train'],
  ['feature-group export', '{project}-train', 'group.csv'],
  ['feature-group query', '{project}-train', '--sql', 'SELECT * FROM records'],
  ['feature-group query', '{project}-train', '--sql', 'SELECT nothing FROM records'],
  ['model list'],
  ['model reject', 'v1', '--reason', `because${hostile}`],
  ['model approve', 'v1', '--reason', `because${hostile}`],
  ['model train', ...learning, '--params', 'p.json', '--out', 'm.json'],
  ['model predict', '--model', 'm.json', '--data', 'others.csv', '--out', 'predicted.csv'],
  ['model info', '--model', 'm.json', '--data', 'rows.csv', '--target', inTable(target), '--column', inTable(size)],
  ['model search', ...learning, '--space', 's.json', '--k', '2', '--trials', '1'],
  ['model register', '--file', 'm.json', '--data', 'rows.csv', '--label', inTable(target), '--name', `m${hostile}`],
  ['model register', '--file', `no${hostile}.json`],
  ['model register', '--serving-command', `serve ${hostile}`, '--data', 'rows.csv', '--label', inTable(target)],
  ['predict', 'rows.csv', '--out', 'scored.csv'],
  ['search show', hostile],
  ['endpoint list'],
  ['endpoint show', '{project}'],
  ['endpoint logs', '{project}'],
  ['endpoint replay', '{project}', '--model-version', 'v1'],
  ['simulate', '{project}', '--rate', '10', '--for', '0.1s'],
  ['simulate', hostile, '--rows', `no${hostile}.csv`],
  ['endpoint stop', '{project}'],
  ['endpoint start', '{project}'],
  ['endpoint show', hostile],
  ['endpoint check', '{project}', '--cases', 'cases.jsonl'],
  ['endpoint check', '{project}', '--cases', 'cases.jsonl', '--format', 'junit'],
  ['endpoint check', hostile, '--cases', 'cases.jsonl'],
  ['endpoint check', '{project}', '--cases', `no${hostile}.jsonl`],
  ['api user add', hostile, '--role', 'viewer'],
  ['api user list'],
  ['api user remove', hostile],
  ['endpoint adopt', '{project}'],
  ['endpoint scale', '{project}', '--instances', '1'],
  ['release status'],
  ['release start', hostile],
  ['release stop', '--reason', hostile],
  ['release rollback', hostile],
  ['release history'],
  ['release admit'],
  ['alarm list'],
  ['alarm show', '{alarm}'],
  ['alarm history', '{alarm}'],
  ['alarm show', hostile],
  ['loop'],
  ['watch', '--once'],
  ['watch', '--for', hostile],
  ['watch', '--install', '--for-platform', hostile],
  ['env list'],
  ['env show'],
  ['env use', hostile],
  ['env write', hostile],
  ['env trust', hostile],
  ['trust', '--', hostile],
  ['export prometheus', '--out', hostile],
  ['export compose', '--out', `${hostile}.compose`],
  ['export kubernetes', '--out', `${hostile}.kubernetes`],
  ['export kubernetes', '--out', 'x', '--replicas', hostile],
  ['export terraform', '--out', `${hostile}.terraform`],
  ['pipeline export', '--to', 'airflow', '--out', `${hostile}.airflow`],
  ['pipeline export', '--to', 'github-actions', '--out', `${hostile}.github`],
  ['pipeline export', '--to', hostile],
  ['completion', hostile],
  ['backup', `${hostile}.tar.gz`],
  ['restore', hostile],
  ['export dotenv', '--out', `${hostile}.env`],
  ['pipeline export', '--to', 'sagemaker'],
  ['pipeline register'],
  ['pipeline start', '--parameter', `a=${hostile}`],
  ['pipeline show'],
  ['apply', '--diff'],
  ['apply', '--yes'],
  ['doctor'],
  ['ingest', '--force'],
  ['features', '--force'],
  ['train', '--force'],
  ['deploy'],
  ['monitor'],
  ['retrain', '--force-retrain', '--reason', `because${hostile}`],
  ['run', '--force'],
  ['run', '--source', `${hostile}=x.csv`],
  ['cleanup', '--dry-run'],
  ['cleanup', '--yes'],
  ['endpoint delete', '{project}', '--yes'],
  ['serve', '--root', hostile],
  ['mcp'],
  ['job', hostile],
];
/** These print bytes as they are; where those would reach a terminal they are made harmless: see the unit test of it. */
const bytes = ['bucket cat', 'endpoint invoke'];

describe('names and words of others', function () {
  this.timeout(180_000);
  const folder = temporaryFolder();
  const project = join(folder.path, 'hostile');
  const state = (...path: string[]) => join(project, '.mlops', ...path);
  const bucket = (...path: string[]) => state('buckets', 'hostile', ...path);
  const filled = new Map([['{project}', 'hostile']]);
  const cwd = project;

  before(async () => {
    const data = join(folder.path, 'hostile.csv');
    writeFileSync(data, table(600));
    const made = await mlops(['init', '--from', data, project, '--target', inTable(target)]);
    assert.equal(made.code, 0, made.stderr);
    const run = await mlops(['run'], { cwd });
    assert.ok([0, 1, 3].includes(run.code!), run.stderr);
    for (const { stdout, stderr } of [made, run]) assertHarmless(stdout + stderr, 'init --from and run');

    const write = (name: string, text: string | Uint8Array) => writeFileSync(join(project, name), text);
    write('rows.csv', table(300));
    write('few.csv', table(40).replaceAll('"a\u001b', '"d\u001b'));
    write('others.csv', table(300).replaceAll('"a\u001b', '"e\u001b'));
    write('wide.csv', `${quoted(inTable(size))},b\n1,2\n1,2,3\n`);
    const wanted = { name: `case${hostile}`, path: '/health', answer: { status: hostile }, present: [hostile] };
    write('cases.jsonl', JSON.stringify(wanted));
    write('p.json', '{ "num_iterations": 2, "objective": "binary" }');
    write('s.json', '{ "num_leaves": [2] }');
    const [id] = readdirSync(bucket('runs')).filter((name) => name !== 'state');
    filled.set('{run}', id!);
    filled.set(
      '{alarm}',
      basename(
        readdirSync(state('alarms')).find((name) => name.endsWith('.json'))!,
        '.json',
      ),
    );
    const notes = (name: string, body: string | Uint8Array) =>
      mlops(['bucket', 'put', name, `notes/${name}`], { cwd }).then(() => write(name, body));
    write('days.zip', lyingZip([{ name: `day${hostile}.csv`, body: Buffer.from('id\n1\n') }]));
    write('text.txt', `one${hostile.replace(/\n.*/s, '')}\ntwo\n`);
    for (const name of ['rows.csv', 'days.zip', 'text.txt']) await notes(name, readFileSync(join(project, name)));
    // What a clone or another writer of the bucket may have put into any document.
    for (const file of readdirSync(state(), { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.json'),
    )) {
      if (/config\.json$|claim\.json$|lease|linear_model|model_metadata/.test(file)) continue;
      const document = JSON.parse(readFileSync(state(file), 'utf8')) as unknown;
      writeFileSync(state(file), JSON.stringify(poisoned(document)));
    }
    write(
      'results.json',
      readFileSync(
        bucket('monitoring', 'runs', readdirSync(bucket('monitoring', 'runs'))[0]!, 'monitoring_results.json'),
      ),
    );
  });
  after(async () => {
    await mlops(['endpoint', 'delete', 'hostile', '--yes'], { cwd });
    folder.remove();
  });

  it('are tried in every command', async () => {
    const tried = [...new Set(commands.map(([path]) => path))];
    assert.deepEqual(pathsOf(await wholeProgram()).sort(), [...tried, ...bytes].sort());
  });

  for (const [path, ...args] of commands) {
    const title = [path, ...args]
      .join(' ')
      .replaceAll(/[^\x20-\x7e]+.*?(?=\s|$)/g, '…')
      .slice(0, 70);
    it(`neither steer a terminal nor begin a line in mlops ${title}`, async () => {
      const words = [...path.split(' '), ...args.map((word) => word.replace(/^\{\w+\}/, (name) => filled.get(name)!))];
      const { stdout, stderr, code } = await mlops(words, { cwd });
      assertHarmless(stdout + stderr, words.join(' '));
      assert.ok([0, 1, 2, 3, 4, 5].includes(code!), `exit ${code}`);
      assert.doesNotMatch(stderr, /\n\s+at /);
    });
  }

  const context = { overrides: [], now: new Date('2026-11-30T00:00:00Z'), commands: [] };
  for (const name of readdirSync('test/fixtures/documents').filter((one) => one.endsWith('.json')))
    it(`neither steer a terminal nor begin a line in the Markdown of ${name}`, () => {
      const document = JSON.parse(readFileSync(join('test/fixtures/documents', name), 'utf8')) as { text?: string };
      // The lines of a text that is looked into are its own.
      const own = name === 'text-preview.json' ? { text: document.text } : {};
      const text = JSON.stringify({ ...(poisoned(document) as object), ...own });
      const opened = openDocument(name, text, context);
      if (opened.type === 'raw') return assertHarmless(forTerminal(opened.reason), name);
      const tables = tablesOf(opened.view).map((one) => csvOf(one).replaceAll(/"(?:[^"]|"")*"/g, 'cell'));
      for (const printed of [markdownOf(opened.view), ...tables])
        assertHarmless(forTerminal(printed.split(/\r?\n/)), name);
    });
});
