/** Model files that claim sizes which no memory holds: refused by name and line, for what the file itself weighs. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLightGbm } from '../../../src/models/lightgbm-text/read-model.js';
import { predictRaw } from '../../../src/models/predict.js';
import { mlops } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';

const whole = readFileSync('test/fixtures/serving/lgb_model.txt', 'utf8');
const huge = '2000000000';
const withSizes = (text: string, ...changes: [RegExp, string][]) =>
  changes.reduce((changed, [from, to]) => {
    assert.match(changed, from);
    return changed.replace(from, to);
  }, text);
const unsized = withSizes(whole, [/tree_sizes=.*\n/, '']);
const treeless = withSizes(whole, [/tree_sizes=.*/, 'tree_sizes='], [/Tree=0[^]*(?=end of trees)/, '']);
const manyClasses: [RegExp, string][] = [
  [/num_class=1/, `num_class=${huge}`],
  [/num_tree_per_iteration=1/, `num_tree_per_iteration=${huge}`],
];

const bombs: [what: string, text: string][] = [
  ['leaves of a tree', withSizes(unsized, [/num_leaves=4/, `num_leaves=${huge}`])],
  ['as many leaves as are allowed', withSizes(unsized, [/num_leaves=4/, 'num_leaves=10000000'])],
  ['features', withSizes(whole, [/max_feature_idx=2/, `max_feature_idx=${huge}`])],
  ['category sets', withSizes(unsized, [/num_cat=0/, `num_cat=${huge}\ncat_boundaries=0 1\ncat_threshold=1`])],
  ['category words', withSizes(unsized, [/num_cat=0/, `num_cat=1\ncat_boundaries=0 ${huge}\ncat_threshold=1`])],
  [
    'features of a leaf',
    withSizes(unsized, [
      /is_linear=0/,
      `is_linear=1\nleaf_const=0 0 0 0\nnum_features=${huge} 0 0 0\nleaf_features=\nleaf_coeff=`,
    ]),
  ],
  ['classes', withSizes(whole, ...manyClasses)],
  ['classes without an objective', withSizes(whole, ...manyClasses, [/objective=.*\n/, ''])],
  ['classes without a tree', withSizes(treeless, ...manyClasses, [/objective=.*\n/, ''])],
  [
    'classes of an objective without a tree',
    withSizes(treeless, ...manyClasses, [/objective=.*/, `objective=multiclass num_class:${huge}`]),
  ],
];

describe('a model file of a kilobyte that claims billions', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  after(() => folder.remove());

  for (const [what, text] of bombs)
    it(`of ${what} is refused by name and line, in a moment and in little memory`, () => {
      const [memory, cpu] = [process.resourceUsage().maxRSS, process.cpuUsage()];
      assert.throws(
        () =>
          predictRaw(readLightGbm(text, 'bomb.txt'), {
            columns: ['alpha', 'beta', 'gamma'],
            values: [[1], [2], [3]].map((one) => Float64Array.from(one)),
            rows: 1,
          }),
        { name: 'InputError', message: /^bomb\.txt, line \d+: found .+, expected / },
      );
      assert.ok(process.cpuUsage(cpu).user < 1e6, 'a second');
      assert.ok(process.resourceUsage().maxRSS - memory < 64 << 10, '64 MB');
    });

  it('costs no more than its length where a number of it is no number after 200,000 digits', () => {
    const cpu = process.cpuUsage();
    const text = withSizes(unsized, [/leaf_count=191/, `leaf_count=${'1'.repeat(200_000)}x`]);
    assert.throws(() => readLightGbm(text, 'bomb.txt'), /^InputError: bomb\.txt, line \d+: found "1+…" in leaf_count/);
    assert.ok(process.cpuUsage(cpu).user < 1e6, 'a second');
  });

  it('is refused where people use it', async () => {
    const [model, rows] = [join(folder.path, 'bomb.txt'), join(folder.path, 'rows.csv')];
    writeFileSync(model, bombs.at(-1)![1]);
    writeFileSync(rows, 'alpha,beta,gamma\n1,2,3\n');
    for (const args of [
      ['predict', '--model', model, '--data', rows],
      ['info', '--model', model],
    ]) {
      const { code, stderr } = await mlops(['model', ...args]);
      assert.equal(code, 2, stderr);
      assert.match(stderr, /bomb\.txt, line \d+: found 0 trees, expected/);
    }
  });
});
