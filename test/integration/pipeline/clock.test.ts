import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import type { LedgerEntry } from '../../../src/documents/ledger.js';
import type { Run } from '../../../src/documents/run.js';
import type { Status } from '../../../src/pipeline/status/status.js';
import { mlops, mlopsJson } from '../../support/cli.js';
import { tableProject, type TableProject } from '../../support/table-project.js';

describe('a clock that ran ahead for one run', function () {
  this.timeout(180_000);
  let project: TableProject;
  before(async () => {
    project = await tableProject();
  });
  after(() => project.remove());

  const at = () => ['--project', project.folder];
  const ahead = { NODE_OPTIONS: `--require ${resolve('test/support/clock-ahead.cjs')}`, DAYS_AHEAD: '1825' };

  it('hides no later verdict: newest is what was written last', async () => {
    await mlopsJson<Run>(['run', ...at()]);
    project.edit('roc_auc >= 0.55', 'roc_auc >= 0.999');
    const early = await mlops(['monitor', ...at()], { env: ahead });
    assert.equal(early.code, 1, early.stdout + early.stderr);
    assert.equal((await mlopsJson<Status>(['status', ...at()])).verdict, 'fail');

    project.edit('roc_auc >= 0.999', 'roc_auc >= 0.55');
    const later = await mlopsJson<Run>(['monitor', ...at()]);
    assert.equal(later.verdict, 'pass');
    const status = await mlopsJson<Status>(['status', ...at()]);
    assert.deepEqual([status.verdict, status.lastRun?.id, status.verdictRunId], ['pass', later.id, later.id]);
    assert.deepEqual(status.verdictNotes, [], 'production rows of their own need no word');
    assert.ok(Date.parse(status.verdictAt!) <= Date.now(), 'the time that is told is the true one');
    const { runs } = await mlopsJson<{ runs: Run[] }>(['runs', 'list', ...at()]);
    assert.equal(runs[0]!.id, later.id);
    const { stdout } = await mlops(['report', '--format', 'markdown', ...at()]);
    assert.match(stdout, /Pass/);
    assert.doesNotMatch(stdout, /must be at least 0\.999/);
  });

  it('hides no later entry of the ledger', async () => {
    const set = (reason: string, env: Record<string, string> = {}) =>
      mlops(['override', 'set', 'forceSkipRetrain', '--reason', reason, '--yes', ...at()], { env });
    await set('early', ahead);
    await set('late');
    const { entries } = await mlopsJson<{ entries: LedgerEntry[] }>(['history', ...at()]);
    assert.equal(entries[0]!.why, 'late');
  });
});
