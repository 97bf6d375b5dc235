import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mlops, mlopsJson } from '../../support/cli.js';
import { pathsOf, wholeProgram } from '../../support/command-paths.js';
import { madeProject, type MadeProject } from '../../support/projects.js';

/** In an order in which each finds what it needs. A command that is not here fails the test. */
const commands: [path: string, kind: string, ...args: string[]][] = [
  ['init', 'new-project', 'house-prices', 'another'],
  ['run', 'run'],
  ['ingest', 'run'],
  ['features', 'run'],
  ['train', 'run'],
  ['deploy', 'run'],
  ['monitor', 'run'],
  ['retrain', 'run'],
  ['status', 'status'],
  ['runs list', 'runs'],
  ['runs show', 'run', '{run}'],
  ['runs compare', 'comparison', '{run}', '{run}'],
  ['gate', 'gate-answer'],
  ['gate backtest', 'gate-backtest', '--since', '2020-01-01'],
  ['metrics', 'metrics', '--data', 'rows.csv', '--label', 'y', '--score', 'x', '--task', 'regression'],
  ['drift', 'drift-report', '--reference', 'rows.csv', '--current', 'rows.csv'],
  ['profile', 'table-profile', '--data', 'rows.csv'],
  ['report', 'exported-report', '--out', 'report.html', '--rows', '0'],
  ['report', 'dashboard', 'dashboard', '--hours', '1'],
  ['rows', 'monitored-rows', '--gate', 'r2'],
  ['override set', 'overrides', 'force-retrain', '--reason', 'because'],
  ['override clear', 'overrides', 'force-retrain'],
  ['override list', 'overrides'],
  ['waive', 'overrides', 'r2', '--owner', 'ana', '--until', '2099-01-01', '--reason', 'because'],
  ['history', 'ledger'],
  ['bucket ls', 'bucket-entries', ''],
  ['bucket put', 'object-written', 'rows.csv', 'notes/rows.csv'],
  ['bucket get', 'object-read', 'notes/rows.csv', 'copy.csv'],
  ['bucket preview', 'table-preview', 'notes/rows.csv'],
  ['bucket rm', 'object-removed', 'notes/rows.csv'],
  ['feature-group list', 'feature-groups'],
  ['feature-group describe', 'feature-group', 'house-prices-train'],
  ['feature-group export', 'feature-group-export', 'house-prices-train', 'group.csv'],
  ['judge', 'monitoring-results', 'production.csv'],
  ['labels add', 'labels-added', 'production.csv'],
  ['batches list', 'batches'],
  ['batches trend', 'gate-trend'],
  ['batches show', 'batch', '{batch}'],
  ['batches accept', 'batch', '{batch}'],
  ['feature-group query', 'query-result', 'house-prices-train', '--sql', 'SELECT 1'],
  ['model list', 'model-versions'],
  ['model reject', 'model-version', 'v1', '--reason', 'because'],
  ['model approve', 'model-version', 'v1', '--reason', 'because'],
  ['model train', 'model-training', '--data', 'rows.csv', '--target', 'y', '--params', 'p.json', '--out', 'm.txt'],
  ['model predict', 'predictions', '--model', 'm.txt', '--data', 'rows.csv'],
  ['model info', 'model-info', '--model', 'm.txt'],
  ['model register', 'model-version', '--file', 'm.txt', '--data', 'rows.csv', '--label', 'y', '--name', 'theirs'],
  ['model search', 'search-results', '--data', 'rows.csv', '--target', 'y', '--space', 's.json', '--k', '2'],
  ['predict', 'scored-file', 'group.csv', '--out', 'scored.csv'],
  ['search show', 'error'],
  ['endpoint list', 'endpoints'],
  ['endpoint show', 'endpoint', 'house-prices'],
  ['endpoint stop', 'endpoint', 'house-prices'],
  ['endpoint start', 'endpoint', 'house-prices'],
  ['endpoint adopt', 'error', 'house-prices'],
  ['endpoint scale', 'error', 'house-prices', '--instances', '1'],
  ['endpoint logs', 'endpoint-log', 'house-prices'],
  ['endpoint check', 'endpoint-check', 'house-prices', '--cases', 'cases.jsonl'],
  ['api user add', 'error', 'ana', '--role', 'viewer'],
  ['api user list', 'api-users'],
  ['api user remove', 'error', 'ana'],
  ['simulate', 'simulation', '--rate', '20', '--for', '0.2s'],
  ['endpoint replay', 'replay', 'house-prices', '--model-version', 'v1'],
  ['release status', 'release-status'],
  ['release start', 'error', 'v1'],
  ['release stop', 'error'],
  ['release rollback', 'error', 'v1'],
  ['release history', 'ledger'],
  ['release admit', 'admission'],
  ['alarm list', 'alarms'],
  ['alarm show', 'alarm', '{alarm}'],
  ['alarm history', 'alarm-history', '{alarm}'],
  ['loop', 'loop-status'],
  ['watch', 'watch', '--once'],
  ['trust', 'command-trust', '--list'],
  ['env list', 'environments'],
  ['env show', 'environment'],
  ['env use', 'environment-used', 'local'],
  ['env write', 'error', 'local'],
  ['env trust', 'error', 'local'],
  ['export prometheus', 'export', '--out', 'monitoring'],
  ['export compose', 'export', '--out', 'compose'],
  ['export kubernetes', 'export', '--out', 'kubernetes'],
  ['export terraform', 'export', '--out', 'terraform'],
  ['export dotenv', 'export', '--out', 'steps.env'],
  ['pipeline register', 'error'],
  ['pipeline start', 'error'],
  ['pipeline show', 'error'],
  ['apply', 'apply', '--diff'],
  ['cleanup', 'cleanup', '--dry-run'],
  ['backup', 'backup-made', 'kept.tar.gz'],
  ['restore', 'backup-restored', 'kept.tar.gz'],
  ['doctor', 'doctor'],
  ['endpoint delete', 'endpoint', 'house-prices', '--yes'],
  ['serve', 'error'],
  ['mcp', 'error'],
  ['job', 'error', 'ingest', '--root', 'no-container'],
];
/** These print what they were asked for as it came, or as another system reads it. */
const others = ['completion', 'bucket cat', 'endpoint invoke', 'pipeline export'];

describe('what is printed with --json', function () {
  this.timeout(120_000);
  let project: MadeProject;
  const filled = new Map<string, string>();

  before(async () => {
    project = await madeProject('house-prices', '--sample');
    const rows = Array.from({ length: 100 }, (_, row) => `${row},${row % 7}`);
    writeFileSync(join(project.folder, 'rows.csv'), ['y,x', ...rows, ''].join('\n'));
    writeFileSync(join(project.folder, 'p.json'), '{ "num_iterations": 2 }');
    writeFileSync(join(project.folder, 's.json'), '{ "num_leaves": [2] }');
    writeFileSync(join(project.folder, 'cases.jsonl'), '{ "path": "/health" }\n');
    const cwd = project.folder;
    const { id } = await mlopsJson<{ id: string }>(['run'], { cwd });
    filled.set('{run}', id);
    await mlops(['feature-group', 'export', 'house-prices-production', 'production.csv'], { cwd });
    const { batch } = await mlopsJson<{ batch: { id: string } }>(['judge', 'production.csv'], { cwd });
    filled.set('{batch}', batch.id);
    const { alarms } = await mlopsJson<{ alarms: { name: string }[] }>(['alarm', 'list'], { cwd });
    filled.set('{alarm}', alarms[0]!.name);
  });
  after(() => project.remove());

  it('is known of every command', async () => {
    assert.deepEqual(
      pathsOf(await wholeProgram()).sort(),
      [...new Set(commands.map(([path]) => path)), ...others].sort(),
    );
  });

  for (const [path, kind, ...args] of commands) {
    it(`by mlops ${path} is one document that says what it is: ${kind}`, async () => {
      const words = [...path.split(' '), ...args.map((word) => filled.get(word) ?? word)];
      const { stdout, stderr, code } = await mlops([...words, '--json'], { cwd: project.folder });
      const document = JSON.parse(stdout) as { kind: string; schemaVersion: number; message?: string };
      assert.deepEqual([document.kind, document.schemaVersion], [kind, 1], stderr);
      if (kind !== 'error') return assert.equal(code, 0, stderr);
      assert.ok(code === 2, stderr);
      assert.equal(stderr, `${document.message}\n`, 'said to people as well');
    });
  }

  it('says what was refused, what broke and what was typed wrongly, with the exit code', async () => {
    const asked = async (...words: string[]) =>
      JSON.parse((await mlops([...words, '--json'], { cwd: project.folder })).stdout) as object;
    const error = (code: string, exitCode: number, message: string) =>
      ({ kind: 'error', schemaVersion: 1, code, exitCode, message }) as const;
    assert.deepEqual(
      await asked('bucket', 'rm', 'nope'),
      error('wrong-input', 2, 'bucket: found no object "nope" in local; see: mlops bucket ls ""'),
    );
    assert.deepEqual(
      await asked('gate', '--formt', 'x'),
      error('wrong-input', 2, 'mlops gate: found --formt, expected "--format"; see: mlops gate --help'),
    );
    assert.deepEqual(
      await asked('apply'),
      error('refused', 5, 'apply house-prices: nothing was changed, for nobody confirmed it; add: --yes'),
    );
  });
});
