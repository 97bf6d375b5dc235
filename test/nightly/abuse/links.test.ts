/** A clone may hold links to anywhere. Whatever is done with it, nothing that they lead to is read, written or removed. */
import assert from 'node:assert/strict';
import { cpSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mlops } from '../../support/cli.js';
import { triedHere } from '../../support/tried-here.js';
import { contentsOf, linkInstead, othersFolder } from '../../support/outside.js';
import { madeProject, type MadeProject } from '../../support/projects.js';
import { temporaryFolder } from '../../support/temporary.js';

describe('links in a project', function () {
  this.timeout(300_000);
  const project = 'hdd-failure';
  const place = temporaryFolder();
  let made: MadeProject;
  let runId = '';
  before(async () => {
    made = await madeProject(project, '--sample');
    const run = await mlops(['run', '--project', made.folder]);
    assert.equal(run.code, 0, run.stderr);
    await mlops(['endpoint', 'stop', project, '--project', made.folder]);
    runId = readdirSync(join(made.folder, '.mlops', 'runs'))[0]!;
  });
  after(async () => {
    await made.remove();
    place.remove();
  });

  let number = 0;
  /** The project as someone else unpacks it, and a folder of theirs that has nothing to do with it. */
  function clone() {
    number += 1;
    const folder = join(place.path, `clone-${number}`);
    cpSync(made.folder, folder, { recursive: true });
    return { folder, others: othersFolder(join(place.path, `others-${number}`)) };
  }

  const bucket = `.mlops/buckets/${project}`;
  const folders = [
    '.mlops',
    '.mlops/tmp',
    '.mlops/scratch',
    '.mlops/runs',
    '.mlops/buckets',
    bucket,
    `${bucket}/runs`,
    `${bucket}/runs/state`,
    `${bucket}/ledger`,
    `${bucket}/monitoring/runs`,
    `${bucket}/feature-store`,
    `${bucket}/feature-store/${project}-production/data`,
    `${bucket}/artifacts/models/v1`,
    `${bucket}/curated/backblaze_parquet`,
    `${bucket}/raw`,
    '.mlops/registry',
    `.mlops/registry/${project}`,
    '.mlops/alarms',
    '.mlops/metrics',
    '.mlops/endpoints',
    `.mlops/endpoints/${project}`,
  ];
  const files = [
    '.mlops/.gitignore',
    '.mlops/lease.json',
    `${bucket}/runs/state/train.json`,
    `${bucket}/artifacts/models/v1/lgb_model.txt`,
    `.mlops/registry/${project}/v1.json`,
    `.mlops/alarms/${project}-CPUUtilization.json`,
    `.mlops/endpoints/${project}/log`,
    `.mlops/endpoints/${project}/token`,
    `.mlops/endpoints/${project}/config.json`,
  ];
  const commands = [
    ['status'],
    ['run'],
    ['endpoint', 'start', project],
    ['endpoint', 'delete', project],
    ['bucket', 'cat', 'artifacts/models/v1/lgb_model.txt'],
    ['feature-group', 'list'],
    ['runs', 'list'],
    ['cleanup', '--yes'],
  ];

  for (const path of triedHere([...folders, ...files], 4)) {
    it(`${path} as a link: what it leads to is neither read, written nor removed, and the link is named`, async () => {
      const { folder, others } = clone();
      const target = files.includes(path) ? join(others, 'v1.json') : others;
      linkInstead(join(folder, path), target);
      const before = contentsOf(others);
      const said: string[] = [];
      for (const command of commands) {
        const { code, stderr, stdout } = await mlops([...command, '--project', folder]);
        assert.ok([0, 1, 2, 3, 4, 5].includes(code!), `${command.join(' ')}: exit ${code}`);
        assert.doesNotMatch(stdout + stderr, /precious|\n\s+at /, command.join(' '));
        if (code !== 0) said.push(`${code} ${stderr}`);
        assert.deepEqual(contentsOf(others), before, command.join(' '));
      }
      await mlops(['endpoint', 'stop', project, '--project', folder]);
      // What nothing needed to look into is named by nobody. An endpoint's own process says it in its log, and exit 4 quotes it.
      if (said.length === 0) return;
      const named = said.find((text) => text.includes(join(folder, path)));
      assert.match(named ?? said.join(''), /^[45] [^]*is a link[^]*remove the link/);
    });
  }

  it('in a bucket are told once by bucket ls, as text and as JSON, with the way: nobody looks for them', async () => {
    const { folder, others } = clone();
    for (const name of ['notes/a.txt', 'notes/b'])
      linkInstead(join(folder, bucket, name), name === 'notes/b' ? others : join(others, 'v1.json'));
    const ls = (...args: string[]) => mlops(['bucket', 'ls', ...args, '--project', folder]);
    for (const args of [['notes/'], ['', '--recursive']]) {
      const { code, stderr } = await ls(...args);
      assert.equal(code, 0, stderr);
      assert.equal(
        stderr.match(/^2 left out: notes\/a\.txt, notes\/b .*put the file itself in place of them$/gm)?.length,
        1,
        stderr,
      );
    }
    const { leftOut } = JSON.parse((await ls('notes/', '--json')).stdout) as { leftOut: string[] };
    assert.deepEqual(leftOut, ['notes/a.txt', 'notes/b']);
    assert.doesNotMatch((await ls('runs/')).stderr, /left out/);
  });

  for (const path of ['mlops.json', 'features.sql']) {
    it(`${path} as a link is not read: a message would quote what it leads to`, async () => {
      const { folder, others } = clone();
      linkInstead(join(folder, path), join(others, 'v1.json'));
      const { code, stderr } = await mlops(['run', '--project', folder]);
      assert.equal(code, 5, stderr);
      assert.match(stderr, /is a link/);
      assert.doesNotMatch(stderr, /precious/);
    });
  }

  it('a run that follows links into its own record folder is refused', async () => {
    const { folder, others } = clone();
    const events = join(folder, '.mlops', 'runs', runId);
    linkInstead(events, others);
    const before = contentsOf(others);
    await mlops(['runs', 'cancel', runId, '--project', folder]);
    assert.deepEqual(contentsOf(others), before);
  });

  it('a hard link to a file outside: lines are not appended to it', async () => {
    const { folder, others } = clone();
    const metrics = join(folder, '.mlops', 'metrics');
    rmSync(metrics, { recursive: true, force: true });
    mkdirSync(metrics);
    const today = new Date().toISOString().slice(0, 10);
    linkSync(join(others, 'v1.json'), join(metrics, `${today}.jsonl`));
    const before = readFileSync(join(others, 'v1.json'), 'utf8');
    const run = await mlops(['run', '--force', '--project', folder]);
    assert.equal(readFileSync(join(others, 'v1.json'), 'utf8'), before, run.stderr);
    await mlops(['endpoint', 'stop', project, '--project', folder]);
  });

  it('`.mlops` on another disk is followed where the variable MLOPS_DISK names that disk, and nothing below it', async () => {
    const { folder, others } = clone();
    const disk = join(place.path, 'disk');
    mkdirSync(join(disk, 'state'), { recursive: true });
    linkInstead(join(folder, '.mlops'), join(disk, 'state'));
    const env = { MLOPS_DISK: disk };
    const run = await mlops(['run', '--project', folder], { env });
    assert.equal(run.code, 0, run.stderr);
    assert.ok(readdirSync(join(disk, 'state')).includes('buckets'));
    await mlops(['endpoint', 'stop', project, '--project', folder], { env });
    linkInstead(join(folder, '.mlops'), others);
    assert.equal((await mlops(['run', '--project', folder], { env })).code, 5);
    linkInstead(join(folder, '.mlops'), join(disk, 'state'));
    linkInstead(join(disk, 'state', 'tmp'), others);
    const before = contentsOf(others);
    assert.equal((await mlops(['run', '--force', '--project', folder], { env })).code, 5);
    assert.deepEqual(contentsOf(others), before);
  });

  it('the sample is not written through a link', async () => {
    const { folder, others } = clone();
    const before = contentsOf(others);
    linkInstead(join(folder, 'data'), others);
    writeFileSync(join(others, 'marker'), '');
    assert.notDeepEqual(contentsOf(others), before);
    const now = contentsOf(others);
    await mlops(['init', project, folder, '--sample']);
    assert.deepEqual(contentsOf(others), now);
  });
});
