import assert from 'node:assert/strict';
import type { Slice } from '../../../../src/documents/slices.js';
import { worstSliceOf } from '../../../../src/pipeline/judging/worst-slice.js';
import { gate } from '../../gates/gate-inputs.js';

const slice = (name: string, tp: number, fn: number, fp = 5, tn = 95): Slice => ({
  slice: `site=${name}`,
  column: 'site',
  value: name,
  n: tp + fn + fp + tn,
  positives: tp + fn,
  confusion: { tp, fp, fn, tn },
  figures: { recall: tp + fn > 0 ? tp / (tp + fn) : null, fpr: fp / (fp + tn) },
  reasons: {},
});
const slices = [slice('a', 90, 10), slice('b', 30, 20, 50, 50), slice('tiny', 0, 3), slice('none', 0, 0)];
const project = (...rules: Parameters<typeof gate>[]) => ({
  monitor: { gates: rules.map((rule) => gate(...rule)) },
  model: { task: 'binary' as const, target: 'y', candidates: [], fill: {} },
});

describe('the worst slice', () => {
  it('is so by the first hard gate, among slices that are large enough', () => {
    const found = worstSliceOf(project(['soft fpr <= 0.1'], ['hard recall >= 0.7'], ['hard fpr <= 0.1']), slices);
    assert.deepEqual(found, {
      worstSlice: 'site=b',
      worstSliceRule: { figure: 'recall', minimum: 30, of: 'positives' },
    });
  });

  it("takes the gate's own word for what is enough", () => {
    const found = worstSliceOf(project(['hard recall >= 0.7', { minSamples: 3 }]), slices);
    assert.equal(found.worstSlice, 'site=tiny');
  });

  it('knows that less of some figures is better', () => {
    const found = worstSliceOf(project(['hard fpr <= 0.1'], ['hard z_mean(*) <= 2']), slices);
    assert.deepEqual([found.worstSlice, found.worstSliceRule.of], ['site=b', 'negatives']);
  });

  it('is none where no slice is large enough, and goes by recall where no hard gate names a figure', () => {
    const found = worstSliceOf(project(['hard null_pct(*) <= 5']), [slice('tiny', 1, 2)]);
    assert.deepEqual([found.worstSlice, found.worstSliceRule.figure], [null, 'recall']);
  });
});
