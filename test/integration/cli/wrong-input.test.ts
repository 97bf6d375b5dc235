import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mlops, mlopsJson } from '../../support/cli.js';
import { madeProject, type MadeProject } from '../../support/projects.js';

const document = (kind: string) => ({ kind, schemaVersion: 1 });

describe('what a person types wrongly', function () {
  this.timeout(60_000);
  let project: MadeProject;
  before(async () => {
    project = await madeProject('house-prices', '--sample');
  });
  after(() => project.remove());

  const wrong: [args: string[], said: RegExp][] = [
    [['run', '--from', 'train', '--to', 'ingest'], /found stages from train to ingest, expected the first one first/],
    [['runs', 'list', '--limit', 'x'], /--limit.*found "x", expected a whole number above 0/],
    [['endpoint', 'logs', 'e', '--lines', '-1'], /--lines.*expected a whole number above 0/],
    [['run', '--fail-on', 'x'], /run: --fail-on <verdict>: found "x", expected one of "fail", "warn"/],
    [['rnu'], /^mlops: found "rnu", expected "run"; see: mlops --help$/m],
    [['runs', 'lst'], /^mlops runs: found "lst", expected "list"; see: mlops runs --help$/m],
    [['gate', '--formt', 'json'], /^mlops gate: found --formt, expected "--format"; see: mlops gate --help$/m],
    [['endpoint', 'show'], /^mlops endpoint show: found no <name>, expected one; see/m],
    [['profile'], /^mlops profile: found no --data <file>, expected one; see/m],
    [['gate', 'backtest', '--since'], /found --since without its value, expected --since <date>/],
    [['runs', 'list', 'a', 'b'], /^mlops runs list: found 2 arguments, expected 0; see/m],
    [
      ['override', 'set', 'toString', '--reason', 'x'],
      /found "toString", expected one of "force-retrain", "force-skip/,
    ],
    [['override', 'set', 'force-retrian', '--reason', 'x'], /did you mean "force-retrain"/],
    [['bucket', 'rm', 'nope'], /found no object "nope" in local/],
    [['bucket', 'get', 'nope', 'here'], /found no object "nope" in local/],
    [['bucket', 'put', '/nowhere/file', 'key'], /bucket put: found no file \/nowhere\/file/],
    [['endpoint', 'invoke', 'e', '--data', '@/nowhere/file'], /--data: found no file \/nowhere\/file/],
  ];
  for (const [args, said] of wrong) {
    it(`${args.join(' ')} exits 2 and says what was expected`, async () => {
      const { code, stdout, stderr } = await mlops([...args, '--project', project.folder]);
      assert.match(stderr, said);
      assert.deepEqual([code, stdout], [2, '']);
    });
  }

  it('a constraints file that is none is refused in the words of any other input', async () => {
    const constraints = join(project.folder, 'empty.json');
    writeFileSync(constraints, '{}');
    const words = ['profile', '--profile', 'sagemaker', '--constraints', constraints, '--data'];
    const { code, stderr } = await mlops([...words, join(project.folder, 'data/sales.csv')]);
    assert.equal(code, 2);
    assert.match(stderr, /empty\.json: features: found nothing, expected a list, as in a file of Model Monitor\n$/);
  });

  it('a folder that takes no folders is refused in one line', async () => {
    const table = join(project.folder, 'data/sales.csv');
    for (const words of [
      ['init', 'house-prices', '/proc/a/b'],
      ['init', '--from', table, '--target', 'price', '/proc/a/b'],
      ['profile', '--data', table, '--out', '/proc/a/b'],
    ]) {
      const { code, stderr } = await mlops(words);
      assert.equal(code, 4);
      assert.match(stderr, /^cannot write \/proc\/a: .*\n$/);
    }
  });
});

describe('what bucket commands answer', function () {
  this.timeout(60_000);
  let project: MadeProject;
  before(async () => {
    project = await madeProject('house-prices', '--sample');
  });
  after(() => project.remove());

  it('is one document each with --json', async () => {
    const at = ['--project', project.folder];
    const file = join(project.folder, 'note.txt');
    writeFileSync(file, 'hello');
    assert.deepEqual(await mlopsJson(['bucket', 'put', file, 'notes/a.txt', ...at]), {
      ...document('object-written'),
      key: 'notes/a.txt',
      bytes: 5,
    });
    const copy = join(project.folder, 'copy.txt');
    assert.deepEqual(await mlopsJson(['bucket', 'get', 'notes/a.txt', copy, ...at]), {
      ...document('object-read'),
      key: 'notes/a.txt',
      file: copy,
      bytes: 5,
    });
    assert.equal(readFileSync(copy, 'utf8'), 'hello');
    assert.deepEqual(await mlopsJson(['bucket', 'rm', 'notes/a.txt', ...at]), {
      ...document('object-removed'),
      key: 'notes/a.txt',
      removed: true,
    });
  });
});

describe('an endpoint that is deleted', function () {
  this.timeout(60_000);

  it('takes the alarms with it that watched it', async () => {
    const project = await madeProject('house-prices', '--sample');
    const at = ['--project', project.folder];
    await mlops(['run', ...at]);
    const { alarms } = await mlopsJson<{ alarms: { name: string }[] }>(['alarm', 'list', ...at]);
    assert.ok(alarms.length >= 8);
    const gone = await mlopsJson<{ alarms: string[] }>(['endpoint', 'delete', 'house-prices', ...at]);
    assert.deepEqual(gone.alarms.sort(), alarms.map(({ name }) => name).sort());
    assert.deepEqual(await mlopsJson(['alarm', 'list', ...at]), { ...document('alarms'), alarms: [] });
    await project.remove();
  });
});

describe('a column that was text in an older build', function () {
  this.timeout(60_000);

  it('is a feature again when it is a number in the newest', async () => {
    const project = await madeProject('house-prices', '--sample');
    const at = ['--project', project.folder];
    const sales = join(project.folder, 'data/sales.csv');
    const good = readFileSync(sales, 'utf8');
    writeFileSync(sales, good.replace(/^(\d+,\d+),[\d.]+/m, '$1,unknown'));
    const first = await mlops(['run', ...at]);
    assert.match(first.stderr, /line 2: found "unknown".*column sqft is read as text/);
    assert.equal(first.code, 2, 'a named column that is no number is refused');
    writeFileSync(sales, good);
    const second = await mlops(['run', ...at]);
    assert.equal(second.code, 0, second.stderr);
    await project.remove();
  });
});

describe('a project whose SQL is gone', function () {
  this.timeout(60_000);

  it('still shows what it has and stops what it runs; only a run asks for the file', async () => {
    const project = await madeProject('house-prices', '--sample');
    const at = ['--project', project.folder];
    assert.equal((await mlops(['run', '--to', 'deploy', ...at])).code, 0);
    rmSync(join(project.folder, 'features.sql'));
    for (const words of [
      ['status'],
      ['bucket', 'ls', ''],
      ['endpoint', 'list'],
      ['endpoint', 'stop', 'house-prices'],
    ]) {
      const { code, stderr } = await mlops([...words, ...at]);
      assert.equal(code, 0, `${words.join(' ')}: ${stderr}`);
    }
    const doctor = await mlops(['doctor', ...at]);
    assert.equal(doctor.code, 0, doctor.stdout);
    assert.match(doctor.stdout, /^! +SQL +mlops\.json:\d+:\d+: features\.sql: found no file/m);
    const { code, stderr } = await mlops(['run', ...at]);
    assert.equal(code, 2);
    assert.match(stderr, /^mlops\.json:\d+:\d+: features\.sql: found no file "features\.sql", expected one inside/);
    writeFileSync(join(project.folder, 'mlops.json'), '{}');
    assert.equal((await mlops(['doctor', ...at])).code, 4, 'without mlops.json nothing works');
    await project.remove();
  });
});
