import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { continueTrees } from '../../../src/models/trees/train/continue-trees.js';
import type { Training } from '../../../src/models/table/matrix.js';
import { trainTrees } from '../../../src/models/trees/train/train-trees.js';
import { writeLightGbm } from '../../../src/models/lightgbm-text/write-model.js';
import { genuine, mixedRows, writeRows } from '../../support/genuine-learners.js';
import { temporaryFolder } from '../../support/temporary.js';

const folder = temporaryFolder();
after(() => folder.remove());

const yes = (score: number, noise: number): number => Number(noise < 1 / (1 + Math.exp(-score)));
const value = (score: number, noise: number): number => 3 * score + noise;

/** Parameters one by one, on top of some that make a small model. */
const cases: [string, Record<string, unknown>][] = [
  ['defaults', {}],
  ['num_leaves and max_depth', { num_leaves: 60, max_depth: 4 }],
  ['min_data_in_leaf 1', { min_data_in_leaf: 1 }],
  ['min_sum_hessian_in_leaf', { min_sum_hessian_in_leaf: 20 }],
  ['lambda_l1 and lambda_l2', { lambda_l1: 3, lambda_l2: 10 }],
  ['min_gain_to_split', { min_gain_to_split: 2 }],
  ['max_delta_step', { max_delta_step: 0.3 }],
  ['max_bin and min_data_in_bin', { max_bin: 15, min_data_in_bin: 20 }],
  ['many bins', { max_bin: 1000, min_data_in_bin: 1 }],
  ['feature_fraction', { feature_fraction: 0.5 }],
  ['feature_fraction_bynode', { feature_fraction_bynode: 0.5 }],
  ['bagging', { bagging_fraction: 0.4, bagging_freq: 3 }],
  ['zero_as_missing', { zero_as_missing: true }],
  ['use_missing off', { use_missing: false }],
  ['no start from the average', { boost_from_average: false }],
  ['categories', { categorical_feature: '2', min_data_per_group: 10 }],
  ['categories one against the rest', { categorical_feature: '2', max_cat_to_onehot: 20 }],
  ['categories and their penalties', { categorical_feature: '2', cat_l2: 1, cat_smooth: 2, min_data_per_group: 5 }],
  ['monotone constraints', { monotone_constraints: [1, -1, 0, 0] }],
  ['monotone constraints beside categories', { monotone_constraints: [1, 0, 0, 1], categorical_feature: '2' }],
  ['a seed for everything', { seed: 77, bagging_fraction: 0.7, bagging_freq: 1, feature_fraction: 0.7 }],
];
const ofBinary: typeof cases = [
  ['scale_pos_weight', { scale_pos_weight: 4 }],
  ['is_unbalance', { is_unbalance: true }],
  ['sigmoid', { sigmoid: 0.5 }],
];
const common = { num_iterations: 15, num_leaves: 15, min_data_in_leaf: 10 };

describe('trees are those that genuine LightGBM grows', function () {
  this.timeout(300_000);

  for (const [objective, targetOf, more] of [
    ['binary', yes, ofBinary],
    ['regression', value, []],
    ['regression_l1', value, []],
    ['huber', value, [['alpha', { alpha: 2 }]] as typeof cases],
    ['poisson', (score: number, noise: number) => Math.floor(Math.exp(score / 2) * 2 * noise), []],
  ] as const)
    it(`${objective}, whatever the parameter`, async () => {
      const training = mixedRows(targetOf);
      const plain = ['regression_l1'].includes(objective)
        ? cases.filter(([, parameters]) => !('monotone_constraints' in parameters))
        : cases;
      const all = [...plain, ...more].map(([name, own]) => ({ name, parameters: { ...common, objective, ...own } }));
      const differing = await differ(training, all);
      assert.deepEqual(differing, []);
    });

  it('with weights, and with scores to start from', async () => {
    const training = mixedRows(yes);
    const rows = training.matrix.rows;
    const weight = Float64Array.from({ length: rows }, (_, row) => 0.5 + (row % 5));
    const initScore = [Float64Array.from({ length: rows }, (_, row) => (row % 7) / 7 - 0.5)];
    const parameters = { ...common, objective: 'binary' };
    const both = [{ name: 'plain', parameters }];
    assert.deepEqual(await differ({ ...training, weight }, both), []);
    assert.deepEqual(await differ({ ...training, initScore }, both), []);
  });

  it('when a training goes on from a model', async () => {
    const training = mixedRows(yes);
    const parameters = { ...common, objective: 'binary' };
    const [train, model] = [writeRows(join(folder.path, 'rows.csv'), training), join(folder.path, 'on.txt')];
    await genuine(folder.path, [{ do: 'grow', train, parameters, model, again: true }]);
    const first = await trainTrees(training, undefined, parameters);
    const ours = await continueTrees(first, training, undefined, parameters);
    assert.equal(treesOf(writeLightGbm(ours)), treesOf(readFileSync(model, 'utf8')));
  });
});

/** Names of the trainings whose trees differ, in the tenth digit of a number or otherwise. */
async function differ(training: Training, all: { name: string; parameters: object }[]): Promise<string[]> {
  const train = writeRows(join(folder.path, 'rows.csv'), training);
  const beside = {
    ...(training.weight ? { weight: [...training.weight] } : {}),
    ...(training.initScore ? { init: [...training.initScore[0]!] } : {}),
  };
  const jobs = all.map(({ parameters }, place) => {
    return { do: 'grow', train, parameters, model: join(folder.path, `${place}.txt`), ...beside };
  });
  await genuine(folder.path, jobs);
  const differing: string[] = [];
  for (const [place, { name, parameters }] of all.entries()) {
    const ours = writeLightGbm(await trainTrees(training, undefined, parameters as Record<string, unknown>));
    if (treesOf(ours) !== treesOf(readFileSync(jobs[place]!.model, 'utf8'))) differing.push(name);
  }
  return differing;
}

/** What the trees are made of: their splits, and their numbers to ten digits. */
function treesOf(text: string): string {
  const lines = text.slice(text.indexOf('Tree=0'), text.indexOf('end of trees')).split('\n');
  const kept =
    /^(Tree|num_leaves|split_feature|decision_type|left_child|right_child|leaf_count|cat_|threshold|leaf_value)/;
  const short = (word: string) => (/[.e]/.test(word) ? Number(word).toPrecision(10) : word);
  return lines
    .filter((line) => kept.test(line))
    .map((line) => line.replace(/=(.*)/, (_, words: string) => `=${words.split(' ').map(short).join(' ')}`))
    .join('\n');
}
