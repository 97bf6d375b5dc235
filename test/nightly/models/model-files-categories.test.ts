import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mlops } from '../../support/cli.js';
import { predictsAsGenuine } from '../../support/genuine-categories.js';
import { temporaryFolder } from '../../support/temporary.js';

// Models, rows and predictions of genuine LightGBM; test/interop/full/pandas_categories.py makes them.
const fixtures = 'test/fixtures/lightgbm-categories';
const names = readdirSync(fixtures)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => name.slice(0, -4));

describe("a LightGBM model's categories are looked up as LightGBM's Python package does", function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  after(() => folder.remove());
  const file = (name: string) => join(folder.path, name);

  for (const name of names)
    it(`predicts to 1e-12 what LightGBM does: ${name.replaceAll('-', ' ')}`, () =>
      predictsAsGenuine(join(fixtures, name), 'csv'));

  it('takes pandas codes where all categories are words, and refuses a code of none with its row', async () => {
    const model = join(fixtures, 'words.txt');
    const predict = async (cells: string[]) => {
      writeFileSync(file('codes.csv'), `x,c\n${cells.map((cell) => `0.5,${cell}\n`).join('')}`);
      return mlops(['model', 'predict', '--model', model, '--data', file('codes.csv')]);
    };
    const words = await predict(['é', '"comma, inside"', '']);
    const codes = await predict(['0', '2', '-1']);
    assert.equal(codes.code, 0, codes.stderr);
    assert.equal(codes.stdout, words.stdout);
    assert.equal(new Set(codes.stdout.trim().split('\n').slice(1)).size > 1, true, 'the categories matter');
    const refused = await predict(['0', '4']);
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /codes\.csv: row 2, column c: found 4, expected one of its 4 categories, .* 0 to 3/);
  });

  it('says which values the model does not know', async () => {
    const { code, stderr } = await mlops([
      ...['model', 'predict', '--model', join(fixtures, 'integers-unseen.txt')],
      ...['--data', join(fixtures, 'integers-unseen.csv')],
    ]);
    assert.equal(code, 0, stderr);
    assert.match(stderr, /column c: 24 rows hold values that the model does not know \(3, 99\): read as missing/);
  });

  it('refuses two columns that could be the same feature', async () => {
    const [header, ...rows] = readFileSync(join(fixtures, 'white-space.csv'), 'utf8').trim().split('\n');
    writeFileSync(file('twice.csv'), [`${header},my\tcol`, ...rows.map((row) => `${row},1`)].join('\n'));
    const { code, stderr } = await mlops([
      ...['model', 'predict', '--model', join(fixtures, 'white-space.txt'), '--data', file('twice.csv')],
    ]);
    assert.equal(code, 2, stderr);
    assert.match(stderr, /could both be the model's my_col/);
  });
});
