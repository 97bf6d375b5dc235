import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mlops, mlopsJson } from '../../support/cli.js';
import { csv, file, predicted, rows, train, trained } from '../../support/trained-models.js';

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
