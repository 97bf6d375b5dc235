import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSearchRows } from '../../../src/pipeline/model-files/read-search-rows.js';
import { withSession } from '../../../src/data/duckdb/session.js';
import { mlops, mlopsJson } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';

/** Two ids that one double stands for: only who tells them apart can know y. */
const ids = ['9007199254740992', '9007199254740993'];

describe('whole numbers that a double does not hold', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const file = (name: string) => join(folder.path, name);
  before(async () => {
    const rows = Array.from({ length: 120 }, (_, row) => `${ids[row % 2]},${row % 7},${row % 2}`);
    writeFileSync(file('rows.csv'), ['id,x,y', ...rows, ''].join('\n'));
    writeFileSync(file('p.json'), '{"objective": "binary", "num_iterations": 20, "verbosity": -1}');
    await withSession({ folders: [folder.path] }, (session) =>
      session.run(`COPY (FROM '${file('rows.csv')}') TO '${file('rows.parquet')}' (FORMAT parquet)`),
    );
  });
  after(() => folder.remove());

  const note = (name: string) =>
    `${name}: column id: numbers with more digits than a number holds exactly are read as text`;
  const train = (table: string, target: string, out: string) =>
    mlops([
      ...['model', 'train', '--data', file(table), '--target', target, '--params', file('p.json')],
      ...['--out', file(out)],
    ]);

  for (const table of ['rows.csv', 'rows.parquet'])
    for (const model of ['model.txt', 'model.tar.gz'])
      it(`are told apart by a model, and it is said: ${table}, ${model}`, async () => {
        const { code, stderr } = await train(table, 'y', model);
        assert.equal(code, 0, stderr);
        assert.equal(stderr.split(note(table)).length, 2, 'said once');
        const asked = ['model', 'predict', '--model', file(model), '--data', file(table)];
        const predicted = await mlops(asked);
        assert.equal(predicted.code, 0, predicted.stderr);
        const [even, odd] = predicted.stdout.split('\n').slice(1).map(Number);
        assert.ok(even! < 0.3 && odd! > 0.7, `${even} and ${odd}`);
      });

  it('are kept as texts by a project, so that its model tells them apart; as a number to predict they are refused', async () => {
    const project = file('project');
    const rows = Array.from({ length: 400 }, (_, row) => `r${row},${ids[row % 2]},${row % 7},${row % 2}`);
    writeFileSync(file('named.csv'), ['name,account,x,y', ...rows, ''].join('\n'));
    const made = await mlops(['init', project, '--from', file('named.csv'), '--target', 'y']);
    assert.equal(made.code, 0, made.stderr);
    const trained = await mlops(['run', '--to', 'train', '--project', project]);
    assert.match(
      trained.stderr,
      /column account: numbers with more digits than a number holds exactly are kept as text/,
    );
    assert.match(trained.stderr, /roc_auc 1\.000 on test/);
    const kept = ['feature-group', 'query', 'named-train', '--sql', 'SELECT DISTINCT account FROM records ORDER BY 1'];
    assert.deepEqual((await mlopsJson<{ rows: string[][] }>([...kept, '--project', project])).rows.flat(), ids);
    const bundle = join(project, '.mlops/buckets/named/artifacts/models/v1/model_metadata.json');
    const { inputs } = JSON.parse(readFileSync(bundle, 'utf8')) as { inputs: { name: string; type: string }[] };
    assert.equal(inputs.find(({ name }) => name === 'account')?.type, 'category', 'no digit is lost on the way in');
    const other = file('other');
    await mlops(['init', other, '--from', file('named.csv'), '--target', 'x', '--task', 'regression']);
    await mlops(['ingest', '--project', other]);
    writeFileSync(join(other, 'features.sql'), 'SELECT name, account AS x, y FROM named');
    const target = await mlops(['features', '--project', other]);
    assert.equal(target.code, 2, target.stderr);
    assert.match(
      target.stderr,
      /features\.sql: found numbers with more digits than a number holds exactly in column x/,
    );
  });

  it('are no target', async () => {
    const { code, stderr } = await train('rows.csv', 'id', 'none.txt');
    assert.equal(code, 2);
    assert.match(stderr, /rows\.csv: found numbers with more digits than a number holds exactly in column id/);
  });

  it('are no target of a search', async () => {
    writeFileSync(file('whole.csv'), ['x,y', ...ids.flatMap((id) => [`1,${id}`, `2,${id}`]), ''].join('\n'));
    const reading = { target: 'y', ignore: [] };
    await assert.rejects(
      readSearchRows(file('whole.csv'), reading, new AbortController().signal),
      /whole\.csv: found numbers with more digits than a number holds exactly in column y/,
    );
  });

  it('keep groups apart in a search, and are said', async () => {
    const said: string[] = [];
    const { signal } = new AbortController();
    const reading = { target: 'y', ignore: [], group: 'id', say: (text: string) => void said.push(text) };
    const { rows } = await readSearchRows(file('rows.csv'), reading, signal);
    assert.deepEqual([...new Set(rows.entities)], ids);
    assert.deepEqual(said, [note('rows.csv')]);
  });
});
