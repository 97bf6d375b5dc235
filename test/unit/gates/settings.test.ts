import assert from 'node:assert/strict';
import { withSettings } from '../../../src/gates/settings.js';
import { gate } from './gate-inputs.js';

const rules = [
  gate('hard recall >= 0.70', { minSamples: 5 }),
  gate('soft fpr <= 1.25 * baseline', { id: 'false-positives' }),
  gate('hard null_pct(a, b_*) <= 5'),
  gate('hard recall[age=[40, 52)] >= 0.5', { id: 'middle' }),
];

describe('changed settings of gates', () => {
  it('replace the number of a rule, and nothing else of it', () => {
    const changed = withSettings(rules, ['recall.threshold=0.8', 'false-positives.threshold=1.5', 'null_pct.threshold=1e1', 'middle.threshold=.25']); // prettier-ignore
    assert.deepEqual(
      changed.map(({ rule }) => rule),
      ['recall >= 0.8', 'fpr <= 1.5 * baseline', 'null_pct(a, b_*) <= 10', 'recall[age=[40, 52)] >= 0.25'],
    );
    assert.equal(rules[0]!.rule, 'recall >= 0.70', 'the rules themselves stay');
  });

  it('change what is enough, the level and the action', () => {
    const [recall] = withSettings(rules, ['recall.minSamples=50', 'recall.level=soft', 'recall.action=retrain']);
    assert.deepEqual([recall!.minSamples, recall!.level, recall!.action], [50, 'soft', 'retrain']);
  });

  const wrong: [string, RegExp][] = [
    ['recal.threshold=1', /found gate "recal", expected one of .*\(did you mean "recall"\?\)/],
    ['recall.treshold=1', /found "treshold", expected one of .*\(did you mean "threshold"\?\)/],
    ['recall.threshold=high', /found "high", expected a number/],
    ['recall.threshold=', /expected GATE\.threshold=NUMBER/],
    ['recall.threshold= ', /found " ", expected a number/],
    ['.recall.threshold=1', /found "\.recall\.threshold=1", expected GATE\.threshold=NUMBER/],
    ['recall', /found "recall", expected GATE\.threshold=NUMBER/],
    ['false-positives.threshold=-1', /expected a factor above 0/],
    ['recall.minSamples=0', /--set recall\.minSamples=0: found "0"/],
    ['recall.level=strict', /--set recall\.level=strict: found "strict", expected .*hard.*soft.*advisory/],
  ];
  for (const [setting, message] of wrong) {
    it(`refuse ${setting}`, () => assert.throws(() => withSettings(rules, [setting]), message));
  }
});
