import assert from 'node:assert/strict';
import { binaryEvaluation } from '../../../src/models/metrics/binary-evaluation.js';
import { multiclassEvaluation } from '../../../src/models/metrics/multiclass-evaluation.js';
import { regressionEvaluation } from '../../../src/models/metrics/regression-evaluation.js';
import { figuresOf, knownFigures, lowerIsBetter } from '../../../src/project/rules/known-figures.js';
import { nameOf, parseMetric } from '../../../src/report/format/figure-names.js';

describe('the table of figures', () => {
  const computed = {
    binary: binaryEvaluation([0, 1], [0.2, 0.8], 0.5),
    multiclass: multiclassEvaluation({ classes: ['a', 'b'], labels: [0, 1], predicted: [0, 1] }),
    regression: regressionEvaluation([1, 2], [1, 3]),
  };
  for (const [task, figures] of Object.entries(computed)) {
    it(`names nothing that is not computed: ${task}`, () => {
      const missing = figuresOf(task as keyof typeof computed, 'model').filter((name) => !(name in figures));
      assert.deepEqual(missing, []);
    });
  }

  it('says of every figure which way is better, and training and reports agree', () => {
    for (const [name, { better, short, label }] of Object.entries(knownFigures)) {
      assert.equal(lowerIsBetter(name), better === 'lower');
      assert.deepEqual([nameOf(name).betterIs, nameOf(name).title], [better, short ?? label]);
    }
    assert.deepEqual(['log_loss', 'brier', 'rmse', 'mae', 'mape', 'fpr', 'ece'].filter((name) => !lowerIsBetter(name)), []); // prettier-ignore
  });

  it('lets a report take slices with ranges apart', () => {
    const { figure, slice } = parseMetric('recall[age=[40, 52]]');
    assert.deepEqual([figure, slice], ['recall', 'age=[40, 52]']);
  });
});
