import assert from 'node:assert/strict';
import { binaryEvaluation } from '../../../../src/models/metrics/binary-evaluation.js';
import { admissionVerdict, type OnRows } from '../../../../src/pipeline/training/admission.js';
import type { ProjectFile } from '../../../../src/project/schema.js';
import { gate, now } from '../../gates/gate-inputs.js';

/** 40 rows of two sites, half of them positive; `found` of the 10 positives at each site are seen. */
function onRows(found: { a: number; b: number }): OnRows {
  const site = Array.from({ length: 40 }, (_, row) => (row % 2 === 0 ? 'a' : 'b'));
  const target = Float64Array.from({ length: 40 }, (_, row) => Number(row < 20));
  const scores = Float64Array.from(target, (label, row) => {
    const of = row % 2 === 0 ? found.a : found.b;
    return label === 1 && Math.floor(row / 2) < of ? 0.9 : 0.1;
  });
  const part = {
    matrix: { columns: [], values: [], rows: 40 },
    ...{ target, recordIds: [], entities: [], unlabelled: 0, window: { from: null, to: null } },
    slices: [{ name: 'site', text: site, numbers: null }],
  };
  return { part, scores, figures: { ...binaryEvaluation(target, scores, 0.5) }, threshold: 0.5, edges: {} };
}
const project = (...rules: string[]) =>
  ({ monitor: { gates: rules.map((rule) => gate(rule)) }, model: { task: 'binary' } }) as unknown as ProjectFile;

describe('admitting a version', () => {
  it('goes by hard gates with a limit of their own, slices among them', () => {
    const file = project(
      'hard recall >= 0.5',
      'hard recall[site=b] >= 0.5',
      'soft precision >= 2',
      'hard z_mean(*) <= 2',
    );
    assert.equal(admissionVerdict(file, onRows({ a: 10, b: 5 }), now).verdict, 'pass');
    const { verdict, why } = admissionVerdict(file, onRows({ a: 10, b: 4 }), now);
    assert.equal(verdict, 'fail');
    assert.match(why, /recall where site=b was 0\.4, must be at least 0\.5/);
  });

  it('holds a candidate against the model in production on the same rows, when it is told its figures', () => {
    const file = project('hard recall >= 0.1', 'hard recall >= 1 * current', 'hard recall[site=a] >= 0.9 * current');
    const served = onRows({ a: 8, b: 4 });
    assert.equal(admissionVerdict(file, onRows({ a: 8, b: 4 }), now, served).verdict, 'pass');
    assert.equal(admissionVerdict(file, onRows({ a: 8, b: 3 }), now, served).verdict, 'fail');
    const { verdict, why } = admissionVerdict(file, onRows({ a: 7, b: 6 }), now, served);
    assert.equal(verdict, 'fail', why);
    assert.match(why, /recall where site=a was 0\.7, must be at least 0\.72 \(0\.9 × the current model's 0\.8\)/);
    assert.equal(admissionVerdict(file, onRows({ a: 2, b: 2 }), now).verdict, 'pass', 'nothing is served yet');
  });

  it('is inconclusive without any hard gate that can be judged', () => {
    const { verdict, why } = admissionVerdict(project('hard recall >= 1 * current'), onRows({ a: 9, b: 9 }), now);
    assert.equal(verdict, 'inconclusive');
    assert.match(why, /^no hard gate has a limit of its own.*mlops model approve$/);
  });
});
