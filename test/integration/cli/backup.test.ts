import assert from 'node:assert/strict';
import { readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { mlops, mlopsJson } from '../../support/cli.js';
import { madeProject, type MadeProject } from '../../support/projects.js';

/** Every file below a folder with its bytes. */
const contentsOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name), 'base64')]),
  );

describe('backup and restore of a local environment', function () {
  this.timeout(120_000);
  let project: MadeProject;
  const at = (name: string) => join(project.folder, name);
  const run = (...args: string[]) => mlops([...args, '--project', project.folder]);
  const body = '{"features": {"bedrooms": 3, "bathrooms": 2, "sqft": 2000, "age": 10, "location_score": 7}}';
  const predict = async () => {
    const { stdout } = await run('endpoint', 'invoke', 'house-prices', '--data', body);
    const { timestamp: _, ...answer } = JSON.parse(stdout) as Record<string, unknown>;
    return answer;
  };

  before(async () => {
    project = await madeProject('house-prices', '--sample');
    assert.ok([0, 1, 3].includes((await run('run', '--quiet')).code ?? -1));
  });
  after(() => project.remove());

  it('brings back the same documents, byte for byte, and the endpoint answers as before', async () => {
    const answered = await predict();
    assert.ok('predictions' in answered || 'prediction' in answered, JSON.stringify(answered));
    assert.equal((await run('endpoint', 'stop', 'house-prices', '--yes')).code, 0);
    const made = await run('backup', at('kept.tar.gz'));
    assert.equal(made.code, 0, made.stderr);
    const before = ['buckets', 'registry', 'alarms'].map((name) => contentsOf(at(`.mlops/${name}`)));
    renameSync(at('.mlops'), at('lost'));
    const back = await run('restore', at('kept.tar.gz'));
    assert.equal(back.code, 0, back.stderr);
    assert.deepEqual(
      ['buckets', 'registry', 'alarms'].map((name) => contentsOf(at(`.mlops/${name}`))),
      before,
    );
    const started = await run('endpoint', 'start', 'house-prices');
    assert.equal(started.code, 0, started.stderr);
    assert.deepEqual(await predict(), answered);
  });

  it('holds no token, and is read by its owner alone', async () => {
    const { files } = await mlopsJson<{ files: number }>(['backup', at('again.tar.gz'), '--project', project.folder]);
    assert.ok(files > 10);
    const token = readFileSync(at('.mlops/endpoints/house-prices/token'), 'utf8').trim();
    const { gunzipSync } = await import('node:zlib');
    assert.ok(!gunzipSync(readFileSync(at('again.tar.gz'))).includes(token));
  });

  it('replaces nothing that is there and differs, and then writes nothing at all', async () => {
    const name = readdirSync(at('.mlops/registry/house-prices'))[0]!;
    const path = at(`.mlops/registry/house-prices/${name}`);
    const own = readFileSync(path);
    writeFileSync(path, '{}');
    const { code, stderr } = await run('restore', at('kept.tar.gz'));
    assert.equal(code, 2);
    assert.match(stderr, /found other contents.*nothing was restored/);
    assert.equal(readFileSync(path, 'utf8'), '{}');
    writeFileSync(path, own);
  });

  const archive = async (
    entries: { name: string; type?: 'file' | 'symlink'; body?: string }[],
    project = 'house-prices',
  ) => {
    const tar = pack();
    tar.entry({ name: 'backup.json' }, JSON.stringify({ kind: 'backup', schemaVersion: 1, project, createdAt: '' }));
    for (const { name, type = 'file', body: text = '' } of entries)
      tar.entry({ name, type, ...(type === 'symlink' && { linkname: '/etc' }) }, text);
    tar.finalize();
    return gzipSync(await buffer(tar));
  };

  for (const [what, make, words] of [
    ['a path that leads out', () => archive([{ name: 'buckets/../../../out', body: 'x' }]), /the path/],
    ['an absolute path', () => archive([{ name: '/buckets/out', body: 'x' }]), /the path/],
    ['a link', () => archive([{ name: 'buckets/a', type: 'symlink' }]), /a symlink/],
    ['what no backup holds', () => archive([{ name: 'endpoints/e/token', body: 'x' }]), /the path/],
    ['the backup of another project', () => archive([], 'others'), /a backup of others/],
    ['an archive that was cut off', () => archive([{ name: 'buckets/a', body: 'x' }]), /an end that is missing/],
    [
      'a file that was changed',
      () =>
        archive([
          { name: 'buckets/a', body: 'x' },
          { name: 'hashes.json', body: `{"buckets/a":"${'0'.repeat(64)}"}` },
        ]),
      /damage in "buckets\/a"/,
    ],
    ['no archive at all', () => Promise.resolve(Buffer.from('hello')), /expected a backup/],
  ] as const)
    it(`refuses ${what}, and writes nothing`, async () => {
      writeFileSync(at('bad.tar.gz'), await make());
      const { code, stderr } = await run('restore', at('bad.tar.gz'));
      assert.equal(code, 2, stderr);
      assert.match(stderr, words);
      assert.ok(!readdirSync(at('.mlops/buckets')).includes('a'));
    });
});
