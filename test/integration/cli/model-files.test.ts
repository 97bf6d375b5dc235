import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { once } from 'node:events';
import { withSession } from '../../../src/data/duckdb/session.js';
import { mlops, mlopsJson, startCli } from '../../support/cli.js';
import { describeWithData } from '../../support/shared-data.js';
import { temporaryFolder } from '../../support/temporary.js';
import { assertClose } from '../../unit/models/support/close.js';

const folder = temporaryFolder();
const file = (name: string) => join(folder.path, name);
after(() => folder.remove());

/** The numbers of a CSV with a header line, row after row. */
function figuresOf(csv: string): { header: string[]; rows: number[][] } {
  const [header, ...lines] = csv.trimEnd().split('\n');
  return { header: header!.split(','), rows: lines.map((line) => line.split(',').map(Number)) };
}

describeWithData('mlops model predict on recorded models', 'lightgbm', function (data) {
  this.timeout(60_000);
  const examples = {
    binary_classification: 'binary',
    multiclass_classification: 'multiclass',
    regression: 'regression',
  };
  for (const [name, short] of Object.entries(examples)) {
    const trained = join(data, 'trained_lightgbm_4.7.0', name);
    const rows = join(data, 'lightgbm_examples', name, `${short}.test`);
    const ask = ['model', 'predict', '--model', `${trained}_model.txt`, '--data', rows, '--no-header'];
    const recorded = (what: string) =>
      readFileSync(`${trained}_${what}.txt`, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => line.split(/\s/).map(Number));

    it(`gives the recorded predictions and raw scores to 1e-12: ${name}`, async () => {
      for (const [flags, what] of [
        [[], 'pred'],
        [['--raw'], 'raw'],
      ] as const) {
        const { code, stdout, stderr } = await mlops([...ask, ...flags]);
        assert.equal(code, 0, stderr);
        assertClose(figuresOf(stdout).rows.flat(), recorded(what).flat(), 1e-12);
      }
    });

    it(`gives the recorded contributions, features then base, for each class: ${name}`, async () => {
      const out = file(`${name}.csv`);
      const { code, stderr } = await mlops([...ask, '--contributions', '--out', out, '--target', '0']);
      assert.equal(code, 0, stderr);
      const { header, rows: found } = figuresOf(readFileSync(out, 'utf8'));
      const expected = recorded('contrib_head50');
      assert.equal(header.length, expected[0]!.length);
      assert.match(header.at(-1)!, /base$/);
      expected.forEach((row, place) =>
        row.forEach((value, column) => assert.ok(Math.abs(found[place]![column]! - value) <= 1e-9)),
      );
    });
  }
});

describe('mlops model train, predict and info', function () {
  this.timeout(60_000);
  const model = file('model.txt');
  const rows = Array.from({ length: 200 }, (_, row) => ({
    size: row % 40,
    'town, part': ['north', 'south', 'east'][row % 3]!,
    price: (row % 40) * 2 + (row % 3) * 30,
  }));
  const csv = (kept: object[]) =>
    [
      'size,"town, part",price',
      ...kept.map((row) =>
        Object.values(row)
          .map((v) => `"${String(v)}"`)
          .join(','),
      ),
    ].join('\n');
  const train = ['model', 'train', '--target', 'price', '--out', model, '--params', file('parameters.json')];

  before(() => {
    writeFileSync(file('rows.csv'), csv(rows));
    writeFileSync(file('rows.jsonl.gz'), gzipSync(rows.map((row) => JSON.stringify(row)).join('\n')));
    const parameters = {
      objective: 'regression',
      n_estimators: 60,
      min_data_in_leaf: 5,
      min_data_per_group: 5,
      seed: 1,
    };
    writeFileSync(file('parameters.json'), JSON.stringify(parameters));
  });

  it('learns from numbers and words, with a line a round on stderr and figures on validation', async () => {
    const { code, stdout, stderr } = await mlops([
      ...[...train, '--data', file('rows.csv'), '--validation', file('rows.jsonl.gz'), '--json'],
    ]);
    assert.equal(code, 0, stderr);
    assert.match(stderr, /round 60 of 60 {2}l2 \d/);
    const report = JSON.parse(stdout) as { trees: number; features: number; validation: { l2: number } };
    assert.deepEqual([report.trees, report.features], [60, 2]);
    assert.ok(report.validation.l2 < 20, `l2 ${report.validation.l2}`);
    assert.match(readFileSync(model, 'utf8'), /pandas_categorical:\[\["east","north","south"\]\]/);
  });

  it('predicts the same for words and for their codes, from any kind of table', async () => {
    const coded = rows.map((row) => ({ ...row, 'town, part': ['east', 'north', 'south'].indexOf(row['town, part']) }));
    writeFileSync(file('coded.csv'), csv(coded));
    await withSession({ folders: [folder.path] }, (session) =>
      session.run(`COPY (FROM read_csv('${file('rows.csv')}')) TO '${file('rows.parquet')}' (FORMAT parquet)`),
    );
    const answers = await Promise.all(
      ['rows.csv', 'rows.jsonl.gz', 'coded.csv', 'rows.parquet'].map((name) =>
        mlops(['model', 'predict', '--model', model, '--data', file(name)]),
      ),
    );
    const [words, json, codes, parquet] = answers.map(({ stdout }) => stdout);
    assert.equal(words, json);
    assert.equal(words, parquet);
    assert.equal(words, codes);
    const { header, rows: found } = figuresOf(words!);
    assert.deepEqual(header, ['prediction']);
    assert.equal(found.length, 200);
    assert.ok(found.every(([value], row) => Math.abs(value! - rows[row]!.price) < 15));
  });

  it('gives one column a tree with --leaf, and quotes names in the header of --contributions', async () => {
    const ask = ['model', 'predict', '--model', model, '--data', file('rows.csv')];
    const leaves = figuresOf((await mlops([...ask, '--leaf'])).stdout);
    assert.equal(leaves.header.length, 60);
    assert.ok(leaves.rows.flat().every((leaf) => Number.isInteger(leaf)));
    const { stdout } = await mlops([...ask, '--contributions']);
    assert.equal(stdout.split('\n')[0], 'size,"town, part",base');
  });

  it('shows trees, features, importance and objective', async () => {
    const info = await mlopsJson<{
      trees: number;
      features: string[];
      objective: string;
      importance: { gain: number }[];
    }>(['model', 'info', '--model', model]);
    assert.deepEqual([info.trees, info.features, info.objective], [60, ['size', 'town, part'], 'regression']);
    assert.ok(info.importance.every(({ gain }) => gain > 0));
    assert.match((await mlops(['model', 'info', '--model', model])).stdout, /feature +gain +splits\n/);
  });

  it('is cancelled by Ctrl-C, and leaves no model', async () => {
    writeFileSync(file('long.json'), JSON.stringify({ num_iterations: 1000000 }));
    const out = file('cancelled.txt');
    const child = startCli([...train, '--data', file('rows.csv'), '--params', file('long.json'), '--out', out]);
    child.stdout!.resume();
    await once(child.stderr!, 'data');
    child.stderr!.resume();
    child.kill('SIGINT');
    const [code] = (await once(child, 'close')) as [number];
    assert.equal(code, 130);
    assert.throws(() => readFileSync(out));
  });

  const refusals: [string, string[], RegExp][] = [
    ['a file that is not there', ['model', 'info', '--model', 'none.txt'], /none\.txt: found no such file/],
    ['a table that is not there', [...train, '--data', 'none.csv'], /none\.csv: found no such file/],
    [
      'a target that is not there',
      [...train, '--data', file('rows.csv'), '--target', 'prise'],
      /rows\.csv: found no column "prise".*did you mean "price"/,
    ],
    [
      'a target of words',
      [...train, '--data', file('rows.csv'), '--target', 'town, part'],
      /rows\.csv, row 1, column town, part: found "north", expected a number/,
    ],
    [
      'an unknown parameter',
      [...train, '--data', file('rows.csv'), '--params', file('wrong.json')],
      /wrong\.json, line 1: unknown parameter "num_leafs"; did you mean "num_leaf"/,
    ],
    [
      'columns that are missing',
      ['model', 'predict', '--model', model, '--data', file('less.csv')],
      /less\.csv: found no column town, part/,
    ],
    [
      'words where numbers belong',
      ['model', 'predict', '--model', model, '--data', file('words.csv')],
      /words\.csv, row 2, column size: found "big", expected a number/,
    ],
    [
      'a file of another width',
      ['model', 'predict', '--model', model, '--data', file('wide.txt'), '--no-header'],
      /wide\.txt: found 4 columns, expected the model's 2/,
    ],
    [
      'two kinds of figures',
      ['model', 'predict', '--model', model, '--data', file('rows.csv'), '--raw', '--leaf'],
      /--raw and --leaf, expected one/,
    ],
  ];
  for (const [what, args, message] of refusals) {
    it(`refuses ${what} with exit 2`, async () => {
      writeFileSync(file('wrong.json'), '{"num_leafs": 3}');
      writeFileSync(file('less.csv'), 'size\n1\n');
      writeFileSync(file('words.csv'), 'size,"town, part"\n1,north\nbig,south\n');
      writeFileSync(file('wide.txt'), '1 2 3 4\n5 6 7 8\n');
      const { code, stdout, stderr } = await mlops(args);
      assert.equal(code, 2, stderr);
      assert.match(stderr, message);
      assert.equal(stdout, '');
    });
  }
});

describe("mlops model predict on XGBoost's files", () => {
  const place = 'test/fixtures/xgboost/3.2.0';
  interface Expected {
    columns: string[];
    rows: (number | null)[][];
    cases: { file: string; predictions: number[]; columns?: Record<string, (string | number)[]> }[];
  }
  const expected = JSON.parse(readFileSync(join(place, 'expected.json'), 'utf8')) as Expected;

  async function predicted(name: string, header: string[], rows: unknown[][]): Promise<number[]> {
    const data = file(`${name}.csv`);
    writeFileSync(data, [header, ...rows].map((row) => `${row.join(',')}\n`).join(''));
    const { code, stdout, stderr } = await mlops(['model', 'predict', '--model', join(place, name), '--data', data]);
    assert.equal(code, 0, stderr);
    return figuresOf(stdout).rows.flat();
  }

  for (const name of ['logistic.json', 'poisson.ubj'])
    it(`gives the predictions of XGBoost itself, from ${name}`, async () => {
      const { predictions } = expected.cases.find((one) => one.file === name)!;
      assertClose(await predicted(name, expected.columns, expected.rows), predictions, 2 ** -23);
    });

  it('reads words as the categories that the file names', async () => {
    const { columns, predictions } = expected.cases.find((one) => one.file === 'words.ubj')!;
    const names = Object.keys(columns!);
    const rows = predictions.map((_, row) => names.map((name) => columns![name]![row]));
    assertClose(await predicted('words.ubj', names, rows), predictions, 2 ** -23);
  });

  it('says what it is', async () => {
    const { code, stdout } = await mlops(['model', 'info', '--model', join(place, 'softprob.ubj')]);
    assert.equal(code, 0);
    assert.match(stdout, /objective multi:softprob, 12 trees of 4 rounds, 4 features/);
  });
});
