import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mlops, mlopsJson } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';

const folder = temporaryFolder();
const file = (name: string) => join(folder.path, name);
after(() => folder.remove());

const towns = ['north', 'south', 'east'];
const sizes = Array.from({ length: 240 }, (_, row) => (row * 7) % 40);
const rows = sizes.map((size, row) => ({
  id: row,
  size: row % 10 === 3 ? null : size,
  town: towns[row % 3]!,
  weight: 1 + (row % 2),
  sold: Number(size + 10 * (row % 3) + ((row * 13) % 11) > 30),
  kind: ['flat', 'house', 'hut'][Math.min(2, Math.floor((size + ((row * 13) % 11)) / 17))]!,
  price: size * 2 + (row % 3) * 30,
}));
type Row = (typeof rows)[number];

const csv = (table: Partial<Row>[]) =>
  [Object.keys(table[0]!), ...table.map((row) => Object.values(row).map((value) => value ?? ''))]
    .map((cells) => cells.join(','))
    .join('\n');

async function train(parameters: object | string, args: string[], target = 'sold', ignore = 'id,kind,price') {
  writeFileSync(file('rows.csv'), csv(rows));
  writeFileSync(file('p.json'), typeof parameters === 'string' ? parameters : JSON.stringify(parameters, null, 2));
  const ignored = ignore === '' ? [] : ['--ignore', ignore];
  return mlops([
    ...['model', 'train', '--data', file('rows.csv'), '--target', target, '--params', file('p.json')],
    ...[...ignored, '--json', ...args],
  ]);
}

interface Report {
  kind: string;
  schemaVersion: number;
  family: string;
  task: string;
  bundle: boolean;
  trees: number | null;
  converged?: boolean;
  outOfBag?: { score: number };
  validation: Record<string, number>;
  notes: string[];
}

async function trained(...given: Parameters<typeof train>): Promise<Report> {
  const { code, stdout, stderr } = await train(...given);
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout) as Report;
}

async function predicted(model: string, args: string[] = [], table = 'rows.csv'): Promise<number[][]> {
  const { code, stdout, stderr } = await mlops([
    ...['model', 'predict', '--model', file(model), '--data', file(table), ...args],
  ]);
  assert.equal(code, 0, stderr);
  const lines = stdout.trimEnd().split('\n').slice(1);
  return lines.map((line) => line.split(',').map(Number));
}

describe('mlops model train: families', function () {
  this.timeout(60_000);

  it('random-forest: words are encoded in the bundle, out-of-bag and validation figures are given', async () => {
    const parameters = { n_estimators: 20, oob_score: true, random_state: 1, weight_column: 'name:weight' };
    const report = await trained(parameters, [
      ...['--family', 'random-forest', '--out', file('forest.json'), '--validation', file('rows.csv')],
    ]);
    assert.deepEqual([report.kind, report.schemaVersion, report.family], ['model-training', 1, 'random-forest']);
    assert.deepEqual([report.task, report.bundle, report.trees], ['binary', true, 20]);
    assert.ok(report.outOfBag!.score > 0.7 && report.validation.roc_auc! > 0.95);
    const scores = await predicted('forest.json');
    assert.ok(scores.every(([p], row) => Math.abs(p! - rows[row]!.sold) < 0.9));
    const leaves = await predicted('forest.json', ['--leaf']);
    assert.equal(leaves[0]!.length, 20);
  });

  it('logistic-regression and ridge: coefficients with convergence, missing values and words prepared', async () => {
    const logistic = await trained({ family: 'logistic-regression', C: 2 }, ['--out', file('logistic.json')]);
    assert.deepEqual([logistic.task, logistic.bundle, logistic.converged], ['binary', true, true]);
    const info = await mlopsJson<{ kind: string; schemaVersion: number; features: string[]; coefficients: number[][] }>(
      [...['model', 'info', '--model', file('logistic.json')]],
    );
    assert.deepEqual([info.kind, info.schemaVersion], ['model-info', 1]);
    assert.deepEqual(info.features, ['size', 'town_east', 'town_north', 'town_south', 'weight']);
    assert.equal(info.coefficients[0]!.length, 5);
    const ridge = await trained(
      { family: 'ridge', alpha: 0.1 },
      ['--out', file('ridge/')],
      'price',
      'id,kind,sold,weight',
    );
    assert.equal(ridge.task, 'regression');
    const prices = await predicted('ridge/');
    assert.ok(rows.every((row, place) => row.size === null || Math.abs(prices[place]![0]! - row.price) < 12));
    const { stdout } = await mlops(['model', 'info', '--model', file('ridge/')]);
    assert.match(stdout, /bundle of a ridge .* impute, one-hot[\s\S]*linear, identity, converged in/);
  });

  it('classes by their words, in a .tar.gz: one column a class, named', async () => {
    const report = await trained(
      { objective: 'multiclass', n_estimators: 20, min_data_in_leaf: 5 },
      ['--out', file('kinds.tar.gz'), '--validation', file('rows.csv')],
      'kind',
      'id,price,sold',
    );
    assert.deepEqual([report.task, report.bundle, report.trees], ['multiclass', true, 60]);
    const { stdout } = await mlops(['model', 'predict', '--model', file('kinds.tar.gz'), '--data', file('rows.csv')]);
    assert.equal(stdout.split('\n')[0], 'flat,house,hut');
    const right = (await predicted('kinds.tar.gz')).filter(
      (shares, row) => ['flat', 'house', 'hut'][shares.indexOf(Math.max(...shares))] === rows[row]!.kind,
    );
    assert.ok(right.length > 200, `${right.length} of 240`);
  });

  it("xgboost: its names are taken for LightGBM's, and the report says so", async () => {
    const parameters = { family: 'xgboost', objective: 'binary:logistic', eta: 0.2, max_depth: 3, n_estimators: 7 };
    const report = await trained(parameters, ['--out', file('x.txt')]);
    assert.deepEqual([report.family, report.bundle, report.trees], ['xgboost', false, 7]);
    assert.ok(report.notes.includes("XGBoost's eta is taken as learning_rate"));
    assert.match(readFileSync(file('x.txt'), 'utf8'), /^tree\nversion=v4\n/);
  });

  it('the same seed gives the same bytes, whatever the form and the number of threads', async () => {
    const parameters = { objective: 'binary', bagging_fraction: 0.5, bagging_freq: 1, seed: 4, num_iterations: 5 };
    for (const name of ['a.txt', 'a.json', 'a.tar.gz']) {
      await trained(parameters, ['--out', file(name)]);
      const first = readFileSync(file(name));
      await trained(parameters, ['--out', file(name)]);
      assert.ok(first.equals(readFileSync(file(name))), name);
    }
    await trained({ ...parameters, num_threads: 3 }, ['--out', file('threads.txt')]);
    assert.equal(readFileSync(file('threads.txt'), 'utf8'), readFileSync(file('a.txt'), 'utf8'));
    assert.deepEqual(await predicted('a.txt'), await predicted('a.json'));
    assert.deepEqual(await predicted('a.txt'), await predicted('a.tar.gz'));
  });
});

describe('mlops model train: roles of columns, going on, stopping', function () {
  this.timeout(60_000);
  const boosted = { objective: 'binary', min_data_in_leaf: 5, num_iterations: 8 };

  it('weight_column, ignore_column, group_column and categorical_feature by name and by place are the same', async () => {
    const named = {
      ...{ ...boosted, weight_column: 'name:weight', ignore_column: 'name:id,kind', group_column: 'name:price' },
      ...{ categorical_feature: 'name:size', min_data_per_group: 5 },
    };
    // Places do not count the target, which comes fifth.
    const placed = { ...named, weight_column: 3, ignore_column: '0,4', group_column: '5', categorical_feature: [1] };
    await trained(named, ['--out', file('named.txt')], 'sold', '');
    await trained(placed, ['--out', file('placed.txt')], 'sold', '');
    const text = readFileSync(file('named.txt'), 'utf8');
    assert.equal(readFileSync(file('placed.txt'), 'utf8'), text);
    assert.match(text, /feature_names=size town\n/);
    await trained({ ...named, weight_column: '' }, ['--out', file('unweighted.txt')], 'sold', 'weight');
    assert.notEqual(readFileSync(file('unweighted.txt'), 'utf8'), text);
  });

  it('--sidecars reads weights and scores to start from, and without it a line says that they are there', async () => {
    writeFileSync(file('rows.csv.weight'), rows.map((_, row) => 1 + (row % 2)).join('\n') + '\n');
    writeFileSync(file('rows.csv.init'), rows.map((row) => row.sold - 0.5).join('\n') + '\n');
    const without = await train(boosted, ['--out', file('plain.txt')], 'sold', 'id,kind,price,weight');
    assert.match(without.stderr, /rows\.csv\.weight and .*rows\.csv\.init not read; for that: --sidecars/);
    await trained(boosted, ['--out', file('beside.txt'), '--sidecars'], 'sold', 'id,kind,price,weight');
    assert.notEqual(readFileSync(file('beside.txt'), 'utf8'), readFileSync(file('plain.txt'), 'utf8'));
    writeFileSync(file('rows.csv.weight'), '1\nheavy\n');
    const wrong = await train(boosted, ['--out', file('no.txt'), '--sidecars'], 'sold', 'id,kind,price');
    assert.deepEqual([wrong.code, wrong.stderr.includes('rows.csv.weight, line 2: found "heavy"')], [2, true]);
    writeFileSync(file('rows.csv.weight'), '1\n2\n');
    const short = await train(boosted, ['--out', file('no.txt'), '--sidecars'], 'sold', 'id,kind,price');
    assert.match(short.stderr, /rows\.csv: found 240 rows, 240 targets and 2 weights/);
    for (const kind of ['weight', 'init']) rmSync(file(`rows.csv.${kind}`));
  });

  it('--init-model goes on where a model ended, with categories that it did not know', async () => {
    const ignore = 'id,kind,price,weight';
    await trained(boosted, ['--out', file('first.txt')], 'sold', ignore);
    const report = await trained(
      boosted,
      ['--out', file('more.txt'), '--init-model', file('first.txt'), '--validation', file('rows.csv')],
      'sold',
      ignore,
    );
    assert.equal(report.trees, 16);
    const loss = (scores: number[][]) =>
      scores.reduce((sum, [p], row) => sum - Math.log(rows[row]!.sold === 1 ? p! : 1 - p!), 0);
    assert.ok(loss(await predicted('more.txt')) < loss(await predicted('first.txt')));
    const renamed = csv(rows.map((row) => ({ ...row, town: row.town === 'east' ? 'a village' : row.town })));
    writeFileSync(file('renamed.csv'), renamed);
    const { code, stderr } = await mlops([
      ...['model', 'train', '--data', file('renamed.csv'), '--target', 'sold', '--params', file('p.json')],
      ...['--ignore', ignore, '--out', file('moved.txt'), '--init-model', file('more.txt')],
    ]);
    assert.equal(code, 0, stderr);
    assert.match(
      readFileSync(file('moved.txt'), 'utf8'),
      /pandas_categorical:\[\["east","north","south","a village"\]\]/,
    );
    const other = await train(
      { objective: 'regression' },
      ['--out', file('no.txt'), '--init-model', file('first.txt')],
      'sold',
      ignore,
    );
    assert.deepEqual([other.code, other.stderr.includes('the model\'s objective is "binary sigmoid:1"')], [2, true]);
  });

  it('stops early on whichever of several metrics stops improving first', async () => {
    const parameters = {
      ...boosted,
      num_iterations: 400,
      learning_rate: 0.3,
      early_stopping_round: 5,
      metric: 'auc,binary_logloss',
    };
    const out = ['--out', file('early.txt'), '--validation', file('rows.csv')];
    const both = await trained(parameters, out, 'sold', 'id,kind,price');
    assert.deepEqual(Object.keys(both.validation), ['auc', 'binary_logloss']);
    assert.ok(both.trees! < 400);
    const late = await trained({ ...parameters, metric: 'binary_logloss' }, out, 'sold', 'id,kind,price');
    assert.ok(late.trees! > both.trees!, `${late.trees!} and ${both.trees!}`);
  });

  it('says a line every metric_freq rounds and after the last; --progress even with --quiet', async () => {
    const parameters = { ...boosted, metric_freq: 3 };
    const { stderr } = await train(
      parameters,
      ['--out', file('p.txt'), '--quiet', '--progress'],
      'sold',
      'id,kind,price',
    );
    assert.deepEqual(stderr.match(/round \d+ of 8/g), ['round 3 of 8', 'round 6 of 8', 'round 8 of 8']);
    const quiet = await train(parameters, ['--out', file('p.txt'), '--quiet'], 'sold', 'id,kind,price');
    assert.equal(quiet.stderr, '');
  });

  it('says a few lines where nothing asks for more and nobody looks at a terminal', async () => {
    const { stderr } = await train(
      { ...boosted, num_iterations: 45 },
      ['--out', file('p.txt')],
      'sold',
      'id,kind,price',
    );
    const said = stderr.match(/round \d+ of 45/g)!;
    assert.ok(said.length >= 5 && said.length <= 10, said.join());
    assert.equal(said.at(-1), 'round 45 of 45');
  });

  it('a parameter out of range is told by the name that it was given by, at its line', async () => {
    for (const [parameters, name] of [
      [{ ...boosted, num_iterations: undefined, n_estimators: -1 }, 'n_estimators'],
      [{ family: 'xgboost', eta: -1 }, 'eta'],
    ] as const) {
      const { stderr, code } = await train(parameters, ['--out', file('p.txt')], 'sold', 'id,kind,price');
      assert.equal(code, 2);
      assert.match(stderr, new RegExp(`, line \\d+: parameter "${name}" is -1, expected `));
    }
  });

  it('a file without a header, columns left out by place, predicts by place', async () => {
    const body = rows.map((row) => [row.sold, row.id, row.size ?? '', row.price].join(',')).join('\n');
    writeFileSync(file('bare.csv'), body);
    writeFileSync(file('p.json'), JSON.stringify({ ...boosted, ignore_column: 0 }));
    const ask = ['--data', file('bare.csv'), '--no-header', '--target', '0'];
    const { code, stderr } = await mlops([
      'model',
      'train',
      ...ask,
      '--params',
      file('p.json'),
      '--out',
      file('bare.txt'),
    ]);
    assert.equal(code, 0, stderr);
    assert.match(readFileSync(file('bare.txt'), 'utf8'), /feature_names=Column_1 Column_2\n/);
    const scores = await predicted('bare.txt', ['--no-header', '--target', '0'], 'bare.csv');
    assert.ok(scores.filter(([p], row) => Number(p! > 0.5) === rows[row]!.sold).length > 220);
  });
});

describe('mlops model info --data', function () {
  this.timeout(60_000);

  it('says what a figure loses when a column is shuffled, and how one column moves the mean prediction', async () => {
    await trained({ family: 'random-forest', n_estimators: 10 }, ['--out', file('f.json')], 'sold', 'id,kind,price');
    const ask = ['model', 'info', '--model', file('f.json'), '--data', file('rows.csv'), '--target', 'sold'];
    const { permutation, partialDependence } = await mlopsJson<{
      permutation: { figure: string; whole: number; columns: { column: string; mean: number }[] };
      partialDependence: { values: string[]; means: number[] };
    }>([...ask, '--column', 'town']);
    assert.equal(permutation.figure, 'roc_auc');
    assert.ok(permutation.whole > 0.95);
    const lost = Object.fromEntries(permutation.columns.map(({ column, mean }) => [column, mean]));
    assert.ok(lost.size! > lost.town! && lost.town! > lost.weight!, JSON.stringify(lost));
    assert.deepEqual(partialDependence.values, ['east', 'north', 'south']);
    const [east, north] = partialDependence.means;
    assert.ok(east! > north!);
    const { stdout } = await mlops(ask);
    assert.match(stdout, /what is lost when a column is shuffled:\ncolumn +mean +deviation\nsize/);
    const text = await mlopsJson<{ permutation: { figure: string } }>([
      ...['model', 'info', '--model', file('named.txt'), '--data', file('rows.csv'), '--target', 'sold'],
    ]);
    assert.equal(text.permutation.figure, 'roc_auc');
  });
});

describe('what mlops model refuses, with exit 2', function () {
  this.timeout(60_000);
  before(() =>
    trained({ family: 'random-forest', n_estimators: 3 }, ['--out', file('b.json')], 'sold', 'id,kind,price'),
  );

  const parameters: [string, string, RegExp][] = [
    [
      'an unknown parameter of a forest',
      '{"family": "random-forest",\n "n_estimator": 3}',
      /p\.json, line 2: unknown parameter "n_estimator"; did you mean "n_estimators"/,
    ],
    [
      'an unknown parameter of a linear model',
      '{"family": "ridge",\n\n "alhpa": 3}',
      /p\.json, line 3: unknown parameter "alhpa"; did you mean "alpha"/,
    ],
    [
      "one of XGBoost's",
      '{"family": "xgboost",\n "etta": 3}',
      /p\.json, line 2: parameter "etta" of XGBoost has no counterpart; did you mean "eta"/,
    ],
    [
      'a value out of range',
      '{\n "learning_rate": 0}',
      /p\.json, line 2: parameter "learning_rate" is 0, expected more than 0/,
    ],
    ['a parameter twice', '{"max_bin": 3,\n "max_bin": 4}', /p\.json, line 2: found a second "max_bin"/],
    ['broken JSON', '{"max_bin" 3}', /p\.json, line 1: found "3", expected ":"/],
    ['an unknown family', '{\n"family": "svm"}', /p\.json, line 2: family is "svm", expected one of "lightgbm"/],
    [
      'a column that is not there',
      '{"a":1}'.replace('"a":1', '\n"weight_column": "name:weigth"'),
      /p\.json, line 2: "weight_column" names "weigth", which is no column; did you mean "weight"/,
    ],
    [
      'a role that belongs on the command line',
      '{"header": true}',
      /p\.json, line 1: parameter "header" belongs on the command line: --no-header/,
    ],
    [
      'threads that are no number',
      '{\n"num_threads": "two"}',
      /p\.json, line 2: parameter "num_threads" is "two", expected a whole number/,
    ],
    [
      'an unknown metric',
      '{"objective": "binary",\n"metric": "auk"}',
      /line 2: unknown metric "auk"; did you mean "auc"/,
    ],
    [
      'a step that does not exist',
      '{"preprocessing":\n[{"step": "skale"}]}',
      /p\.json, line 1: preprocessing holds in step 1: \{"step":"skale"\}, expected steps/,
    ],
  ];
  for (const [what, text, message] of parameters)
    it(`${what}, naming file and line`, async () => {
      const { code, stderr } = await train(
        text,
        ['--out', file('no'), '--validation', file('rows.csv')],
        'sold',
        'id,kind,price',
      );
      assert.match(stderr.trimEnd().split('\n').at(-1)!, message);
      assert.equal(code, 2);
    });

  const tables: [string, Partial<Record<keyof Row | 'rooms', unknown>>, RegExp][] = [
    [
      'a missing column',
      { size: 1, weight: 1 },
      /t\.csv: found no column town; expected the model's 3 inputs: size, town, weight/,
    ],
    ['a column too many', { size: 1, town: 'east', weight: 1, rooms: 3 }, /t\.csv: rooms is not an input of the model/],
    [
      'words for numbers',
      { size: 'big', town: 'east', weight: 1 },
      /t\.csv, row 1, column size: found "big", expected a number/,
    ],
    ['numbers for words', { size: 1, town: 7, weight: 1 }, /t\.csv: column town holds numbers, expected words/],
    ['dates for words', { size: 1, town: '2024-01-01', weight: 1 }, /t\.csv: column town is DATE, expected category/],
  ];
  for (const [what, row, message] of tables)
    it(`a table with ${what}, in a bundle`, async () => {
      writeFileSync(file('t.csv'), csv([row as Partial<Row>]));
      const { code, stderr } = await mlops(['model', 'predict', '--model', file('b.json'), '--data', file('t.csv')]);
      assert.match(stderr, message);
      assert.equal(code, 2);
    });

  it('but takes the columns that its training file held besides, and words that it never saw', async () => {
    writeFileSync(file('t.csv'), csv([{ ...rows[0]!, town: 'nowhere' }]));
    assert.equal((await predicted('b.json', [], 't.csv')).length, 1);
  });

  it('a damaged bundle, and kinds of figures that a linear model has not', async () => {
    writeFileSync(file('half.json'), readFileSync(file('b.json'), 'utf8').replace('left_child', 'left_kid'));
    const damaged = await mlops(['model', 'info', '--model', file('half.json')]);
    assert.deepEqual([damaged.code, /half\.json: lgb_model\.txt, line \d+: found/.test(damaged.stderr)], [2, true]);
    await trained({ family: 'ridge' }, ['--out', file('r.json')], 'price', 'id,kind');
    const leaf = await mlops(['model', 'predict', '--model', file('r.json'), '--data', file('rows.csv'), '--leaf']);
    assert.deepEqual([leaf.code, leaf.stderr.includes('--leaf: found a linear model, expected trees')], [2, true]);
  });
});
