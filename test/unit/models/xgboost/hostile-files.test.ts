import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { WrongInput } from '../../../../src/common/errors.js';
import { predict } from '../../../../src/models/predict.js';
import { readXgboost } from '../../../../src/models/xgboost/read-model.js';
import { matrixOf, open, recordedIn } from './recorded.js';

const folder = 'test/fixtures/xgboost/3.2.0';

/** Parts of a model's JSON that the tests change; the rest is left as it is. */
interface Saved {
  version: number[];
  learner: {
    attributes: Record<string, string>;
    feature_names: string[];
    gradient_booster: {
      name: string;
      model: {
        trees: Record<string, number[] | boolean[] | Record<string, string>>[];
        tree_info: number[];
        iteration_indptr?: number[];
        gbtree_model_param: Record<string, string>;
      };
    };
    learner_model_param: Record<string, string>;
    objective: { name: string };
  };
}

type Change = (saved: Saved) => void;
const tree = (saved: Saved, place = 0) => saved.learner.gradient_booster.model.trees[place]!;
const list = (saved: Saved, name: string) => tree(saved)[name] as number[];

function changed(file: string, change: Change): Uint8Array {
  const saved = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as Saved;
  change(saved);
  // JSON has no NaN; XGBoost writes it all the same, and it reads as nothing.
  return Buffer.from(
    JSON.stringify(saved, (_, value: unknown) => (Number.isNaN(value) ? 'NaN!' : value)).replaceAll('"NaN!"', 'NaN'),
  );
}

const read = (bytes: Uint8Array) => readXgboost(bytes, 'churn.json');

const refused: [what: string, change: Change, says: RegExp][] = [
  ['a child that leads back to the root', (m) => (list(m, 'left_children')[1] = 0), /trees\[0\]/],
  ['a child that does not exist', (m) => (list(m, 'left_children')[1] = 99), /99 at .*trees\[0\]\.left_children\[1\]/],
  ['a node with one child', (m) => (list(m, 'right_children')[0] = -1), /trees\[0\]\.right_children.*two children/],
  ['more nodes than it has', (m) => Object.assign(tree(m).tree_param!, { num_nodes: '1000000000' }), /trees\[0\]/],
  ['a split on a feature that is not there', (m) => (list(m, 'split_indices')[0] = 7), /trees\[0\]\.split_indices/],
  [
    'a threshold that is no number',
    (m) => (list(m, 'split_conditions')[0] = NaN),
    /found nothing at .*trees\[0\]\.split_conditions\[0\], expected a number/,
  ],
  [
    'another number of trees than it has',
    (m) => (m.learner.gradient_booster.model.gbtree_model_param.num_trees = '99'),
    /found 99 trees at .*gbtree_model_param\.num_trees, expected the \d+ there/,
  ],
  ['leaves of several values', (m) => Object.assign(tree(m).tree_param!, { size_leaf_vector: '3' }), /size_leaf_vec/],
  ['a linear booster', (m) => (m.learner.gradient_booster.name = 'gblinear'), /booster gblinear/],
  ['an objective that says no figure', (m) => (m.learner.objective.name = 'binary:hinge'), /objective "binary:hinge"/],
  ['an objective by the name of a method', (m) => (m.learner.objective.name = 'toString'), /objective "toString"/],
  ['several targets', (m) => (m.learner.learner_model_param.num_target = '2'), /num_target/],
  ['a version to come', (m) => (m.version = [4, 0, 0]), /XGBoost 4\.0\.0 at version/],
  ['a base score that is none', (m) => (m.learner.learner_model_param.base_score = '[x]'), /base_score/],
  ['a probability above 1 to start from', (m) => (m.learner.learner_model_param.base_score = '[2E0]'), /base_score/],
  ['more features than anybody has', (m) => (m.learner.learner_model_param.num_feature = '4294967295'), /num_feature/],
  ['a name twice', (m) => (m.learner.feature_names[1] = 'near'), /twice.*feature_names/],
  ['too few names', (m) => void m.learner.feature_names.pop(), /feature_names/],
  ['a tree of no class', (m) => (m.learner.gradient_booster.model.tree_info[0] = 5), /tree_info\[0\]/],
  ['fewer trees than it says', (m) => void m.learner.gradient_booster.model.trees.pop(), /tree_info/],
  ['rounds that skip trees', (m) => (m.learner.gradient_booster.model.iteration_indptr![1] = 2), /iteration_indptr/],
  ['a best round it has not', (m) => (m.learner.attributes.best_iteration = '4'), /attributes\.best_iteration/],
];

describe("XGBoost's files that are damaged or made to harm", () => {
  for (const [what, change, says] of refused)
    it(`refuses ${what}, and names the place`, () => {
      assert.throws(
        () => read(changed('logistic.json', change)),
        (error) => {
          assert.ok(error instanceof WrongInput, String(error));
          assert.equal(error.at.file, 'churn.json');
          assert.match(error.message, says);
          return true;
        },
      );
    });

  it('refuses lists of categories that lie outside of the file or belong to no split', () => {
    const with3 = (name: string, value: number) => () =>
      read(
        changed('categories-one-hot.json', (saved) => {
          const split = saved.learner.gradient_booster.model.trees.find(
            ({ categories_nodes: own }) => (own as []).length,
          )!;
          (split[name] as number[])[0] = value;
        }),
      );
    assert.throws(with3('categories_sizes', 4000), /categories_sizes/);
    assert.throws(with3('categories_nodes', 1000), /categories_nodes/);
    assert.throws(with3('categories', 1e9), /categories\[0\]/);
    assert.throws(with3('categories', -1), /categories\[0\]/);
  });

  it('refuses a list of categories with letters beyond ASCII, of which XGBoost itself drops the end', () => {
    const towns = changed('logistic.json', ({ learner }) => {
      const enc = [{ offsets: [0, 6], values: [90, -61, -68, 114, 105, 99] }, {}, {}, {}];
      Object.assign(learner.gradient_booster.model, { cats: { enc } });
    });
    assert.throws(() => read(towns), /beyond ASCII.* at learner\.gradient_booster\.model\.cats\.enc\[0\]\.values/);
  });

  it('reads default_left as versions before 1.4 wrote it, as truth values', () => {
    const asTruths = changed('logistic.json', (saved) => {
      for (const one of saved.learner.gradient_booster.model.trees)
        one.default_left = (one.default_left as number[]).map(Boolean);
    });
    const rows = matrixOf(recordedIn(folder), ['near', 'fine', 'sparse', 'code']);
    assert.deepEqual(predict(read(asTruths).model, rows), predict(open(folder, 'logistic.json').model, rows));
  });

  it('refuses every shortened UBJ, wherever it was cut off', () => {
    const whole = readFileSync(`${folder}/softprob.ubj`);
    for (let length = 0; length < whole.length; length += length < 2000 ? 1 : 97)
      assert.throws(() => read(whole.subarray(0, length)), WrongInput, `${length} bytes`);
  });

  it('makes nothing of the length that a UBJ only claims to have', () => {
    const claims = (head: number[], size: bigint) => {
      const bytes = Buffer.alloc(head.length + 9);
      bytes.set(head);
      bytes[head.length] = 'L'.charCodeAt(0);
      bytes.writeBigInt64BE(size, head.length + 1);
      return bytes;
    };
    const key = [...Buffer.from('{U\u0001a')];
    const heads = ['S', '[#', '[$d#', '{#'].map((head) => [...key, ...Buffer.from(head)]);
    for (const head of [[0x7b], ...heads])
      for (const size of [2n ** 40n, -1n, 2n ** 62n])
        assert.throws(() => read(claims(head, size)), WrongInput, `${Buffer.from(head).toString()} ${size}`);
  });

  it('refuses UBJ that is nested without end, and names of one object twice', () => {
    const deep = Buffer.concat([Buffer.from('{U\u0001a'), Buffer.alloc(100_000, '[')]);
    assert.throws(() => read(deep), /deep/);
    assert.throws(() => read(Buffer.from('{U\u0001aZU\u0001aZ}')), /"a" twice/);
    assert.throws(() => read(Buffer.from(`{"a":${'['.repeat(100_000)}`)), WrongInput);
  });

  it('keeps a name like __proto__ a name', () => {
    assert.throws(() => read(Buffer.from('{U\u0009__proto__{U\u0007learnerZ}}')), /found nothing at learner/);
  });

  it('says of the binary form of old versions, and of what is no model, what to save instead', () => {
    for (const bytes of [Buffer.from('binf\0\0'), Buffer.from(''), Buffer.from('{"learner": ')])
      assert.throws(() => read(bytes), /save_model\("model\.ubj"\)/);
  });
});
