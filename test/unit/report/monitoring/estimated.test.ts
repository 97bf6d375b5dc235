import assert from 'node:assert/strict';
import { reportOf } from '../../../../src/report/monitoring/report.js';
import { blocksOf, plain, results, section } from '../../../support/documents.js';

describe('figures of rows without a label in a report', () => {
  const stored = {
    ...results('fail'),
    unlabelled: 1200,
    estimated: { roc_auc: { value: 0.86, error: 0.01, n: 1200 } },
  };

  it('are marked as estimated, with their interval and beside the baseline', () => {
    const { title, tiles } = section(blocksOf(reportOf(stored, plain)), 'tiles', 'estimated');
    assert.equal(title, 'Estimated for 1,200 rows without a label');
    const [tile] = tiles;
    assert.deepEqual(
      [tile!.title, tile!.value.text, tile!.note],
      ['estimated ROC AUC', '0.860', '95 % interval 0.840 – 0.880'],
    );
    assert.match(tile!.change ?? '', /^0\.\d+ worse$/);
  });

  it('are no section where nothing is estimated', () => {
    const ids = blocksOf(reportOf(results('fail'), plain)).map(({ id }) => id);
    assert.ok(!ids.includes('estimated'));
  });

  it('stay as they are in the line of a gate on an estimate, whatever the threshold', () => {
    const gates = stored.gates.map((gate) => (gate.id === 'recall' ? { ...gate, metric: 'estimated recall' } : gate));
    const [gate] = section(blocksOf(reportOf({ ...stored, gates }, plain)), 'gates').gates;
    assert.deepEqual([gate!.title, gate!.rate], ['estimated recall', null]);
  });
});
