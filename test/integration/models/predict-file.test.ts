import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withSession } from '../../../src/data/duckdb/session.js';
import { readModelFile } from '../../../src/pipeline/model-files/model-file.js';
import { mlops, startCli } from '../../support/cli.js';
import { tableProject, type TableProject } from '../../support/table-project.js';

describe('mlops predict', function () {
  this.timeout(120_000);
  let project: TableProject;
  const at = (name: string) => join(project.folder, name);
  const run = (...words: string[]) => mlops([...words, '--project', project.folder]);
  const predict = (file: string, out: string, ...more: string[]) =>
    run('predict', at(file), '--out', at(out), '--model-version', 'v1', ...more);

  before(async () => {
    project = await tableProject(1500);
    const made = await run('run', '--to', 'train');
    assert.equal(made.code, 0, made.stderr);
    const exported = await run('feature-group', 'export', 'customers-production', at('rows.parquet'));
    assert.equal(exported.code, 0, exported.stderr);
  });
  after(() => project.remove());

  const rowsOf = (file: string) =>
    withSession({ folders: [project.folder] }, (session) => {
      const select = file.endsWith('parquet')
        ? `read_parquet('${at(file)}')`
        : `read_csv('${at(file)}', all_varchar = true)`;
      return session.rows(`SELECT * FROM ${file.endsWith('jsonl') ? `read_json('${at(file)}')` : select}`);
    });

  it('gives an export of a feature group the probability and class of the model, beside all its columns', async () => {
    const { code, stderr, stdout } = await predict('rows.parquet', 'scored.parquet');
    assert.equal(code, 0, stderr);
    assert.match(stdout, /scored\.parquet: [\d,]+ rows by v1, with prediction, probability/);
    const [before, after] = [await rowsOf('rows.parquet'), await rowsOf('scored.parquet')];
    assert.deepEqual(
      after.map(({ prediction: _p, probability: _q, ...row }) => row),
      before,
    );
    const version = at('.mlops/buckets/customers/artifacts/models/v1');
    const { bundle } = await readModelFile(version);
    // The general way, which walks the trees a row at a time.
    await withSession({ folders: [project.folder] }, (session) =>
      session.run(`COPY (SELECT age, plan FROM '${at('rows.parquet')}') TO '${at('inputs.parquet')}' (FORMAT parquet)`),
    );
    const other = await mlops(['model', 'predict', '--model', version, '--data', at('inputs.parquet')]);
    assert.equal(other.code, 0, other.stderr);
    const scores = other.stdout.trim().split('\n').slice(1).map(Number);
    assert.equal(scores.length, before.length);
    assert.deepEqual(
      after.map((row) => row.probability),
      scores,
    );
    assert.deepEqual(
      after.map((row) => row.prediction),
      scores.map((one) => Number(one >= bundle!.threshold!)),
    );
  });

  it('gives the same from and to every kind of file', async () => {
    const wanted = (await rowsOf('scored.parquet')).map((row) => Number(row.probability));
    for (const out of ['scored.csv', 'scored.jsonl', 'scored.tsv.gz']) {
      const { code, stderr } = await predict('rows.parquet', out);
      assert.equal(code, 0, stderr);
    }
    // Its answer's own columns stand in the way of a second one.
    const again = await predict('scored.csv', 'twice.csv');
    assert.equal(again.code, 2);
    assert.match(again.stderr, /found a column "prediction", which is what the model's answer is called/);
    assert.deepEqual(
      (await rowsOf('scored.jsonl')).map((row) => Number(row.probability)),
      wanted,
    );
    const exported = await run('feature-group', 'export', 'customers-production', at('rows.csv'));
    assert.equal(exported.code, 0, exported.stderr);
    assert.equal((await predict('rows.csv', 'from-csv.parquet')).code, 0);
    assert.deepEqual(
      (await rowsOf('from-csv.parquet')).map((row) => Number(row.probability)),
      wanted,
    );
  });

  it('carries ids and words of a text file through as they are written', async () => {
    const { bundle } = await readModelFile(at('.mlops/buckets/customers/artifacts/models/v1'));
    const names = bundle!.inputs.map(({ name }) => name);
    const others = ['00123,12345678901234567890,1.10,TRUE,2025-3-7,NA', '"0,4",9007199254740993,1e5,"a ""b""",,""'];
    const inputs = ['33', '41'].map((age) => names.map((name) => (name === 'age' ? age : '1')).join(','));
    writeFileSync(
      at('ids.csv'),
      [
        `code,long,price,flag,day,word,${names.join(',')}`,
        ...others.map((text, at) => `${text},${inputs[at]}`),
        '',
      ].join('\n'),
    );
    const { code, stderr } = await predict('ids.csv', 'ids-scored.csv');
    assert.equal(code, 0, stderr);
    const lines = readFileSync(at('ids-scored.csv'), 'utf8').trim().split('\n');
    others.forEach((text, at) =>
      assert.ok(lines[at + 1]!.startsWith(`${text},`), `${lines[at + 1]} begins with ${text}`),
    );
  });

  it('refuses a file that is there, and writes over it when told to', async () => {
    writeFileSync(at('there.csv'), 'precious');
    const { code, stderr } = await predict('rows.parquet', 'there.csv');
    assert.equal(code, 5);
    assert.match(stderr, /there already; to write over it add: --force/);
    assert.equal(readFileSync(at('there.csv'), 'utf8'), 'precious');
    assert.equal((await predict('rows.parquet', 'there.csv', '--force')).code, 0);
    assert.match(readFileSync(at('there.csv'), 'utf8'), /prediction/);
  });

  it('says which column is missing or no number, which version is not there, and leaves nothing behind', async () => {
    writeFileSync(at('few.csv'), 'customer_id\n1\n');
    writeFileSync(
      at('bad.csv'),
      readFileSync(at('rows.csv'), 'utf8').replace(/\n([^,]*,[^,]*,[^,]*),\d+/, '\n$1,many'),
    );
    const few = await predict('few.csv', 'none.csv');
    assert.equal(few.code, 2);
    assert.match(few.stderr, /few\.csv: found no column .*age.*, which the model looks at/);
    const unknown = await run('predict', at('rows.csv'), '--out', at('none.csv'), '--model-version', 'v9');
    assert.equal(unknown.code, 2);
    assert.match(unknown.stderr, /--model-version: found "v9"/);
    assert.equal((await predict('rows.csv', 'none.txt')).code, 2);
    assert.deepEqual(
      readdirSync(project.folder).filter((name) => /none|half/.test(name)),
      [],
    );
  });

  it('leaves nothing when it is cancelled', async () => {
    const lines = readFileSync(at('rows.csv'), 'utf8').trim().split('\n');
    writeFileSync(at('many.csv'), `${[lines[0], ...Array<string>(600).fill(lines.slice(1).join('\n'))].join('\n')}\n`);
    const begun = new Promise<void>((done) => {
      const watcher = watch(project.folder, (_, name) => {
        if (!name?.endsWith('.half')) return;
        watcher.close();
        done();
      });
    });
    const child = startCli([
      'predict',
      at('many.csv'),
      '--out',
      at('cancelled.csv'),
      '--model-version',
      'v1',
      '--project',
      project.folder,
    ]);
    const ended = once(child, 'exit');
    await begun;
    child.kill('SIGINT');
    assert.deepEqual(await ended, [130, null]);
    assert.deepEqual(
      readdirSync(project.folder).filter((name) => name.includes('cancelled')),
      [],
    );
    assert.equal(existsSync(at('cancelled.csv')), false);
  });
});
