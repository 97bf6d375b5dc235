/** An index that pandas wrote under a name of its own: it names rows, and a model that learns from it learns the file's order. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withSession } from '../../../src/data/duckdb/session.js';
import { mlops, mlopsJson } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';

describe('an index of pandas with a name of its own', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  const file = (name: string) => join(folder.path, name);
  after(() => folder.remove());

  /** 400 rows as `to_parquet()` writes them: what is the index stands in the footer alone. */
  const write = (name: string, index: string[], position: string) =>
    withSession({ folders: [folder.path] }, (session) => {
      const pandas = JSON.stringify({ index_columns: index, columns: [] }).replaceAll("'", "''");
      return session.run(
        `COPY (SELECT ((i * 37) % 101)::DOUBLE AS x, ${position} AS position, (i >= 200)::INTEGER AS y FROM range(400) AS t(i))
         TO '${file(name)}' (FORMAT parquet, KV_METADATA {pandas: '${pandas}'})`,
      );
    });
  before(async () => {
    writeFileSync(file('p.json'), '{"num_boost_round": 5}');
    writeFileSync(file('s.json'), '{"num_leaves": [3]}');
    await write('indexed.parquet', ['position'], 'i // 2');
    await write('plain.parquet', [], 'i // 2');
    await write('other.parquet', ['position'], 'i');
  });
  const said = (name: string) =>
    new RegExp(`${name}: column position is the table's index, as pandas wrote it, and is not learned from`, 'g');
  const learn = async (name: string, ...more: string[]) => {
    const out = file(`${name}.model`);
    const args = [
      'model',
      'train',
      '--data',
      file(name),
      '--target',
      'y',
      '--params',
      file('p.json'),
      '--out',
      out,
      ...more,
    ];
    const { code, stderr } = await mlops(args);
    assert.equal(code, 0, stderr);
    return { stderr, out };
  };

  it('is not learned from, which is said once; the same columns without it are', async () => {
    const indexed = await learn('indexed.parquet');
    assert.equal(indexed.stderr.match(said('indexed.parquet'))?.length, 1, indexed.stderr);
    assert.match(readFileSync(indexed.out, 'utf8'), /^feature_names=x$/m);
    const plain = await learn('plain.parquet');
    assert.doesNotMatch(plain.stderr, /index/);
    assert.match(readFileSync(plain.out, 'utf8'), /^feature_names=x position$/m);
  });

  it('is left out of rows to judge by as it was out of those that were learned from, whatever they call it', async () => {
    const { out } = await learn('indexed.parquet', '--validation', file('plain.parquet'));
    assert.match(readFileSync(out, 'utf8'), /^feature_names=x$/m);
    const other = await learn('plain.parquet', '--validation', file('indexed.parquet'));
    assert.match(readFileSync(other.out, 'utf8'), /^feature_names=x position$/m);
  });

  it('is left out of a search', async () => {
    const args = ['model', 'search', '--data', file('indexed.parquet'), '--target', 'y', '--space', file('s.json')];
    const { code, stderr } = await mlops([...args, '--strategy', 'grid', '--k', '2']);
    assert.equal(code, 0, stderr);
    assert.equal(stderr.match(said('indexed.parquet'))?.length, 1, stderr);
  });

  it('is no feature of a project that is made from the table, unless somebody names it for what it is', async () => {
    const made = await mlopsJson<{ inputs: string[]; leftOut: { name: string; why: string }[] }>([
      ...['init', file('made'), '--from', file('indexed.parquet'), '--target', 'y'],
    ]);
    assert.deepEqual(made.inputs, ['x']);
    assert.match(made.leftOut.find(({ name }) => name === 'position')!.why, /^it is the index of the table/);
    assert.match(readFileSync(join(file('made'), 'features.sql'), 'utf8'), /-- position is left out: it is the index/);
    const named = await mlopsJson<{ inputs: string[]; leftOut: unknown[] }>([
      ...['init', file('named'), '--from', file('other.parquet'), '--target', 'y', '--entity', 'position'],
    ]);
    assert.deepEqual([named.inputs, named.leftOut], [['x'], []]);
  });
});
