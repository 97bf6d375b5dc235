import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readLightGbm } from '../../../../src/models/lightgbm-text/read-model.js';
import { writeLightGbm } from '../../../../src/models/lightgbm-text/write-model.js';
import { predictRaw } from '../../../../src/models/predict.js';
import { leafIndices } from '../../../../src/models/trees/predict-trees.js';
import { trainTrees } from '../../../../src/models/trees/train/train-trees.js';
import type { Matrix } from '../../../../src/models/table/matrix.js';
import { madeUp } from '../support/made-up.js';
import { smallModel } from '../support/small-model.js';

/** A model file and the rows that its predictions are watched on. */
interface Watched {
  name: string;
  text: string;
  matrix: Matrix;
}

async function watched(): Promise<Watched[]> {
  const rows = madeUp(300);
  const small = { columns: ['a', 'b', 'c'], values: rows.matrix.values.slice(0, 3), rows: 300 };
  const model = await trainTrees(rows, undefined, {
    objective: 'binary',
    num_boost_round: 6,
    categorical_feature: 'z',
  });
  return [
    { name: 'four small trees', text: smallModel(), matrix: small },
    { name: 'six trained ones', text: writeLightGbm(model), matrix: rows.matrix },
  ];
}

/** What the trees say of the rows, as text. */
function said(text: string, matrix: Matrix): string {
  const model = readLightGbm(text, 'edited.txt');
  return JSON.stringify([predictRaw(model, matrix).map((scores) => [...scores]), leafIndices(model, matrix).length]);
}

/** Parts that predictions do not come from: figures for people, and what follows the trees. */
const FOR_PEOPLE =
  /^(split_gain|leaf_weight|leaf_count|internal_(value|weight|count)|feature_infos|label_index|shrinkage)=/;

describe('damaged model files', function () {
  this.timeout(60_000);

  it('are refused by name and line, or predict exactly as before', async () => {
    for (const { name, text, matrix } of await watched()) {
      const before = said(text, matrix);
      const lines = text.split('\n');
      const end = lines.indexOf('end of trees');
      const check = (edited: string, what: string) => {
        let after: string;
        try {
          after = said(edited, matrix);
        } catch (error) {
          const { name: kind, message, stack } = error as Error;
          assert.equal(kind, 'InputError', `${name}, ${what}: ${stack ?? ''}`);
          if (!message.startsWith('columns are missing'))
            assert.match(message, /^edited\.txt, line \d+: found .+, expected /);
          return;
        }
        assert.equal(after, before, `${name}, ${what}`);
      };
      const without = (from: number, to: number, ...instead: string[]) =>
        [...lines.slice(0, from), ...instead, ...lines.slice(to)].join('\n');
      lines.forEach((line, at) => {
        if (at < end) assert.throws(() => said(without(at + 1, lines.length), matrix), /edited\.txt, line \d+: found/);
        check(without(at, at + 1), `without line ${at + 1}`);
        check(without(at, at, line), `line ${at + 1} twice`);
        if (at + 1 < lines.length)
          check(without(at, at + 2, lines[at + 1]!, line), `lines ${at + 1}, ${at + 2} turned`);
      });
    }
  });

  it('with edited numbers are refused, or every tree still holds together', async () => {
    const numbers = ['999999999999', '-1', '-999999', '0', '1e400', 'nan', 'inf', '', '3.5', '4294967296', '0x10'];
    for (const { text, matrix } of await watched()) {
      const places = [...text.slice(0, text.indexOf('end of trees')).matchAll(/(?<==| )-?\d[\d.e+-]*/g)];
      for (const [count, place] of places.entries()) {
        const number = numbers[count % numbers.length]!;
        const edited = text.slice(0, place.index) + number + text.slice(place.index + place[0].length);
        if (edited === text) continue;
        const line = text.slice(0, place.index).split('\n').length;
        const key = text.split('\n')[line - 1]!;
        try {
          const after = said(edited, matrix);
          const harmless = FOR_PEOPLE.test(key) || edited.length === text.length;
          assert.ok(harmless || after === said(text, matrix), `line ${line}, ${place[0]} -> ${number}: ${key}`);
        } catch (error) {
          assert.equal((error as Error).name, 'InputError', (error as Error).stack);
        }
      }
    }
  });

  it('with cyclic children, and with counts that no memory holds, are refused at once', () => {
    const text = smallModel().replace(/tree_sizes=.*\n/, '');
    const broken = (from: string | RegExp, to: string) => () => readLightGbm(text.replace(from, to), 'edited.txt');
    assert.throws(broken('left_child=-1', 'left_child=0'), /edited\.txt, line \d+: found a child 0 with two parents/);
    assert.throws(
      broken('num_leaves=2', 'num_leaves=9999999'),
      /edited\.txt, line \d+: found 1 numbers in \w+, expected/,
    );
    assert.throws(broken('num_leaves=2', 'num_leaves=1e300'), /edited\.txt, line \d+: found/);
    assert.throws(broken('num_cat=1', 'num_cat=4000000000'), /edited\.txt, line \d+: found/);
    assert.throws(broken('max_feature_idx=2', 'max_feature_idx=2000000000'), /edited\.txt, line \d+: found 3/);
    assert.throws(broken('num_class=1', 'num_class=1000000000'), /edited\.txt, line \d+: found/);
    assert.throws(broken(/num_tree_per_iteration=1/, 'num_tree_per_iteration=3'), /line \d+: found 1 classes, 3 trees/);
    const three = text.replace('num_class=1', 'num_class=3').replace('objective=regression\n', '');
    const rounds = three.replace('num_tree_per_iteration=1', 'num_tree_per_iteration=3');
    assert.throws(
      () => readLightGbm(rounds, 'edited.txt'),
      /edited\.txt, line \d+: found 4 trees, expected a multiple/,
    );
    assert.throws(
      broken('cat_boundaries=0 2', 'cat_boundaries=0 2000000000'),
      /edited\.txt, line \d+: found 2 numbers/,
    );
    assert.throws(broken('cat_boundaries=0 2', 'cat_boundaries=-2 2'), /edited\.txt, line \d+: found/);
    assert.throws(broken('decision_type=1\n', 'decision_type=257\n'), /edited\.txt, line \d+: found/);
    assert.throws(
      broken('split_feature=0', 'split_feature=4294967296'),
      /edited\.txt, line \d+: found "4294967296" in split_feature/,
    );
  });

  it('with bytes changed anywhere neither crash nor hang', async () => {
    for (const { text, matrix } of await watched())
      fc.assert(
        fc.property(
          fc.nat(text.length - 1),
          fc.string({ maxLength: 6, unit: 'binary' }),
          fc.nat(4),
          (at, put, take) => {
            try {
              said(text.slice(0, at) + put + text.slice(at + take), matrix);
            } catch (error) {
              assert.equal((error as Error).name, 'InputError', (error as Error).stack);
            }
          },
        ),
        { numRuns: 700 },
      );
  });

  it('of which only comments changed predict exactly as before', async () => {
    for (const { text, matrix } of await watched()) {
      const [trees, rest] = text.split('end of trees\n') as [string, string];
      const other = `${trees}end of trees\n\nfeature_importances:\nsomething=1\n\nparameters:\n[seed: 99]\n\nend of parameters\n\npandas_categorical:null\n`;
      assert.notEqual(rest, other);
      assert.equal(said(other, matrix), said(text, matrix));
      assert.equal(said(text.replaceAll('\n', '\r\n'), matrix), said(text, matrix));
    }
  });
});
