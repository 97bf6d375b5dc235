import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mlops, mlopsJson } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';

describe('tables that are almost as they should be', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  after(() => folder.remove());
  const file = (name: string, text?: string) => {
    if (text !== undefined) writeFileSync(join(folder.path, name), text);
    return join(folder.path, name);
  };
  const refused = async (args: string[], words: RegExp) => {
    const { code, stderr } = await mlops(args);
    assert.equal(code, 2, stderr);
    assert.match(stderr, words);
  };

  it('two keys of JSON that only case tells apart are refused, never renamed', async () => {
    for (const [name, text] of [
      ['case.jsonl', '{"A":1,"a":2}\n'],
      ['case.json', '[{"A":1},{"a":2}]'],
    ] as const)
      await refused(
        ['profile', '--data', file(name, text)],
        /case\.jsonl?: found column [Aa] twice, expected every column/,
      );
    const own = await mlopsJson<{ columns: { column: string }[] }>([
      ...['profile', '--data', file('own.jsonl', '{"a":1,"a_1":2}\n')],
    ]);
    assert.deepEqual(
      own.columns.map(({ column }) => column),
      ['a', 'a_1'],
    );
  });

  it("the line that tells Excel the separator is no header, and makes no row of the file's own", async () => {
    for (const separator of [';', ','])
      await refused(
        ['profile', '--data', file('excel.csv', `sep=${separator}\na${separator}b\n1${separator}2\n`)],
        /excel\.csv, line 1: found "sep=.", which tells Excel the separator, expected column names/,
      );
  });

  it('words for a missing value are said as what they are read as', async () => {
    const { stderr } = await mlops(['profile', '--data', file('na.csv', 'x,c\n1,a\nNA,NA\n3,b\n')]);
    assert.match(stderr, /1 times "NA" in x: read as missing, for all else in that column is numbers/);
    assert.match(stderr, /1 times "NA" in c: texts as any other; .*"nulls": \["NA"\]/);
  });

  describe('to a model that knows words', () => {
    before(async () => {
      const rows = Array.from({ length: 60 }, (_, at) => `${at % 7},${'ab'[at % 2]},${at % 2}`);
      file('train.csv', ['x,g,y', ...rows, ''].join('\n'));
      file('p.json', '{"objective": "binary", "num_iterations": 3, "verbosity": -1, "min_data_in_leaf": 5}');
      const { code, stderr } = await mlops([
        ...['model', 'train', '--data', file('train.csv'), '--target', 'y', '--params', file('p.json')],
        ...['--out', file('model.tar.gz')],
      ]);
      assert.equal(code, 0, stderr);
    });
    const predict = (name: string, text: string) => [
      ...['model', 'predict', '--model', file('model.tar.gz'), '--data', file(name, text)],
    ];

    it('a column of words without a value is missing, and a table without rows has no predictions', async () => {
      const all = await mlops(predict('gone.csv', 'x,g\n1,\n,\n'));
      assert.equal(all.code, 0, all.stderr);
      assert.equal(all.stdout.trim().split('\n').length, 3);
      const none = await mlops(predict('none.csv', 'x,g\n'));
      assert.deepEqual([none.code, none.stdout], [0, 'prediction\n'], none.stderr);
    });

    it('numbers in the place of words, and numbers that no double holds, are named by column and row', async () => {
      await refused(predict('number.csv', 'x,g\n1,5\n'), /number\.csv: column g holds numbers, expected words/);
      await refused(
        predict('huge.csv', 'x,g\n1,a\n1e999,b\n'),
        /huge\.csv, row 2, column x: found "1e999", expected a num/,
      );
      await refused(
        predict('zeros.csv', 'x,g\n1,a\n007,b\n'),
        /zeros\.csv, row 2, column x: found "007", expected a num/,
      );
    });
  });
});
