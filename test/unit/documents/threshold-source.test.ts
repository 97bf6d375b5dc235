import assert from 'node:assert/strict';
import { parseThresholdSource } from '../../../src/documents/threshold-source.js';
import { thresholdOf } from '../../../src/gates/threshold.js';
import { parseRule } from '../../../src/project/rules/rule.js';

describe('where a threshold comes from', () => {
  it('is read from what a gate writes', () => {
    const read = (rule: string) => parseThresholdSource(thresholdOf(parseRule(rule).limit, 'recall', {}).source);
    assert.deepEqual(read('recall >= 0.70'), { kind: 'rule' });
    assert.deepEqual(read('recall >= 0.80 * baseline'), { kind: 'multiple', factor: '0.80', of: 'baseline' });
    assert.deepEqual(read('recall >= 1e-1 * current'), { kind: 'multiple', factor: '1e-1', of: 'current' });
  });

  it('tells a limit that another system set from its baseline, and nothing of what it does not know', () => {
    assert.deepEqual(parseThresholdSource('set from the baseline'), { kind: 'baseline' });
    assert.deepEqual(parseThresholdSource('the baseline, roughly'), { kind: 'rule' });
  });
});
