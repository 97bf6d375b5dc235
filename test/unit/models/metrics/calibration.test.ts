import assert from 'node:assert/strict';
import { equalCountCalibration, equalWidthCalibration } from '../../../../src/models/metrics/calibration.js';
import { assertClose } from '../support/close.js';
import { binaryRows } from '../support/golden.js';

describe('calibration', () => {
  it('has the reference values on the reference rows, by width and by count', () => {
    const { labels, scores } = binaryRows();
    assertClose([equalWidthCalibration(labels, scores).ece!], [0.10633333333333334], 1e-12);
    assertClose([equalCountCalibration(labels, scores).ece!], [0.10899999999999993], 1e-12);
  });

  it('puts a score on an edge into the bin below it, and 0 into the first', () => {
    const { bins } = equalWidthCalibration([0, 1, 0, 1], [0, 0.1, 0.30000000000000004, 1]);
    assert.deepEqual(
      bins.map(({ from, to, n }) => [from, to, n]),
      [
        [0, 0.1, 2],
        [0.2, 0.30000000000000004, 1],
        [0.9, 1, 1],
      ],
    );
  });

  it('says how far the worst bin is off', () => {
    const { ece, mce } = equalWidthCalibration([1, 1, 1, 0], [0.95, 0.95, 0.95, 0.35]);
    assertClose([mce!, ece!], [0.35, (3 * 0.05 + 0.35) / 4], 1e-12);
  });

  it('counts a row of weight 2 like the same row twice, and one of weight 0 not at all', () => {
    const weighted = equalWidthCalibration([1, 0, 1], [0.7, 0.2, 0.4], [2, 1, 0]);
    const doubled = equalWidthCalibration([1, 1, 0], [0.7, 0.7, 0.2]);
    assert.deepEqual(weighted, doubled);
  });

  it('is none where a score is no probability, or nothing is there', () => {
    assert.match(equalWidthCalibration([0, 1], [0.5, 1.2]).reason!, /row 2 is 1.2, not a probability/);
    assert.equal(equalWidthCalibration([], []).ece, null);
    assert.equal(equalCountCalibration([], []).reason, 'no rows');
  });

  it('makes one bin of fewer rows than bins', () => {
    assert.equal(equalCountCalibration([0, 1], [0.2, 0.6]).bins.length, 1);
  });
});
