import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { mlops } from '../../support/cli.js';
import { csv, file, predicted, rows, train, trained, type Row } from '../../support/trained-models.js';

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
    const unseen = await predicted('b.json', [], 't.csv');
    assert.equal(unseen.length, 1);
    // Of a column of words a date is one more word.
    writeFileSync(file('t.csv'), csv([{ ...rows[0]!, town: '2024-01-01' }]));
    assert.deepEqual(await predicted('b.json', [], 't.csv'), unseen);
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
