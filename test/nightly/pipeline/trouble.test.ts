import assert from 'node:assert/strict';
import { spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import type { Run } from '../../../src/documents/run.js';
import { mlops, mlopsJson, startCli } from '../../support/cli.js';
import { madeProject, type MadeProject } from '../../support/projects.js';
import { temporaryFolder } from '../../support/temporary.js';

/** Resolves when the process has said what is waited for on stderr; rejects when it ends before. */
function said(child: ChildProcess, what: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = '';
    child.stderr!.on('data', (piece: Buffer) => {
      heard += piece.toString();
      if (what.test(heard)) resolve(heard);
    });
    child.once('close', () => reject(new Error(`ended before it said ${what.source}:\n${heard}`)));
  });
}

describe('a run in trouble', function () {
  this.timeout(120_000);
  let project: MadeProject;
  const run = () => mlopsJson<Run>(['run', '--project', project.folder]);

  beforeEach(async () => (project = await madeProject('hdd-failure', '--sample')));
  afterEach(() => project.remove());

  it('waits while another runs, says who holds the project, and then skips what the other did', async () => {
    const first = startCli(['run', '--project', project.folder]);
    const firstClosed = once(first, 'close');
    await said(first, /ingest: never run here/);
    const second = startCli(['run', '--project', project.folder]);
    const secondClosed = once(second, 'close');
    const heard = await said(second, /waiting: /);
    assert.match(heard, new RegExp(`waiting: run \\S+ \\(process ${first.pid} on `));
    const told = said(second, /train: skipped, unchanged/);
    await Promise.all([firstClosed, told, secondClosed]);
    assert.deepEqual([first.exitCode, second.exitCode], [0, 0]);
  });

  for (const stage of ['ingest', 'features', 'train', 'deploy']) {
    it(`cancelled during ${stage} leaves a project that runs again`, async () => {
      const child = startCli(['run', '--project', project.folder]);
      const closed = once(child, 'close');
      await said(child, new RegExp(`${stage}: (never|no endpoint)`));
      child.kill('SIGINT');
      await closed;
      assert.equal(child.exitCode, 130);
      const { runs } = await mlopsJson<{ runs: Run[] }>(['runs', 'list', '--project', project.folder]);
      assert.equal(runs[0]!.status, 'cancelled');
      const again = await run();
      assert.equal(again.error, null);
      assert.equal(again.verdict, 'pass');
    });
  }

  it('ends at once when it is asked to end twice, and runs again', async () => {
    const child = startCli(['run', '--force', '--project', project.folder]);
    const closed = once(child, 'close');
    await said(child, /train: forced/);
    child.kill('SIGINT');
    child.kill('SIGINT');
    await closed;
    assert.equal(child.exitCode, 130);
    assert.equal((await run()).error, null);
  });

  it('with a damaged day lands the good ones, exits 2 naming the line, and stops before the next stage', async () => {
    const { writeZip } = await import('../../support/zips.js');
    const header = 'date,serial_number,model,capacity_bytes,failure,smart_5_raw';
    const day = (date: string, reading: string) =>
      `${header}\n${date},Z1,ST4000DM000,1,0,5\n${date},Z2,ST4000DM000,1,0,${reading}\n`;
    const zip = join(project.folder, 'data_Q3_2025.zip');
    writeZip(zip, { '2025-07-01.csv': day('2025-07-01', '1'), '2025-07-02.csv': day('2025-07-02', 'many') });
    const { code, stderr } = await mlops(['run', '--project', project.folder, '--source', `backblaze=${zip}`]);
    assert.equal(code, 2);
    assert.match(stderr, /data_Q3_2025\.zip: 2025-07-02\.csv, line 3: found .*many/);
    const { runs } = await mlopsJson<{ runs: Run[] }>(['runs', 'list', '--project', project.folder]);
    assert.deepEqual(
      runs[0]!.stages.slice(0, 2).map(({ status }) => status),
      ['failed', 'not-run'],
    );
    const told = stderr.match(/2025-07-02\.csv, line 3/g);
    assert.equal(told?.length, 1, 'told once');
    const curated = join(project.folder, '.mlops/buckets/hdd-failure/curated/backblaze_parquet/year=2025/month=07');
    assert.deepEqual([existsSync(join(curated, 'day=01')), existsSync(join(curated, 'day=02'))], [true, false]);

    const later = await mlops(['features', '--project', project.folder]);
    assert.equal(later.code, 2, 'a later stage does not build on it by itself');
    assert.match(later.stderr, /ingest left out damaged input.*--accept-partial.*line 3/s);
    const status = await mlopsJson<{ stages: { name: string; damage: string[] }[] }>([
      'status',
      '--project',
      project.folder,
    ]);
    assert.match(status.stages[0]!.damage[0]!, /2025-07-02\.csv, line 3/);
    const accepted = await mlops(['features', '--accept-partial', '--project', project.folder]);
    assert.match(
      accepted.stderr,
      /features\.sql: found no row for training/,
      'it goes on with the two rows that landed',
    );
  });
});

/** A small disk of its own, where the machine lets us make one. */
function smallDisk(path: string, options: string): boolean {
  mkdirSync(path, { recursive: true });
  return spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'none', path]).status === 0;
}

describe('a run on a disk of its own', function () {
  this.timeout(120_000);
  const place = temporaryFolder();
  const disk = join(place.path, 'disk');
  const folder = join(disk, 'project');
  const mounted = process.platform === 'linux' && smallDisk(disk, 'size=24m');

  if (!mounted) {
    it.skip('says that the disk is full or read-only (this machine lets no test mount a disk)');
    return;
  }
  before(async () => {
    const made = await madeProject('hdd-failure', '--sample');
    await cp(made.folder, folder, { recursive: true });
    await made.remove();
  });
  after(async () => {
    await mlops(['endpoint', 'delete', 'hdd-failure', '--project', folder]);
    spawnSync('umount', ['-l', disk]);
    place.remove();
  });
  const remount = (options: string) => {
    const { status } = spawnSync('mount', ['-o', `remount,${options}`, disk]);
    assert.equal(status, 0, 'remounted');
  };

  it('that is full says so in one line, and completes when there is room again', async () => {
    const filler = spawnSync('dd', ['if=/dev/zero', `of=${join(disk, 'filler')}`, 'bs=1M'], { encoding: 'utf8' });
    assert.match(filler.stderr, /No space left/);
    const { code, stderr } = await mlops(['run', '--project', folder]);
    assert.equal(code, 4, stderr);
    assert.match(stderr.trim().split('\n').at(-1)!, /disk is full|No space left/i);
    remount('size=300m');
    const again = await mlopsJson<Run>(['run', '--project', folder]);
    assert.equal(again.error, null);
    assert.equal(again.verdict, 'pass');
  });

  it('that is read-only is refused in one line, and nothing is lost', async () => {
    await mlops(['endpoint', 'stop', 'hdd-failure', '--project', folder]);
    remount('ro');
    const { code, stderr } = await mlops(['run', '--project', folder]);
    assert.equal(code, 5, stderr);
    assert.match(stderr, /read-only/);
    assert.equal(stderr.trim().split('\n').length, 1, stderr);
    const status = await mlopsJson<{ verdict: string }>(['status', '--project', folder]);
    assert.equal(status.verdict, 'pass');
    remount('rw');
    assert.equal((await mlopsJson<Run>(['run', '--project', folder])).verdict, 'pass');
  });
});
