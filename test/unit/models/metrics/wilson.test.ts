import assert from 'node:assert/strict';
import { wilsonInterval } from '../../../../src/models/metrics/wilson.js';
import { assertClose } from '../support/close.js';

describe('Wilson interval', () => {
  it('is what the published formula gives', () => {
    const { low, high } = wilsonInterval(8, 10)!;
    assertClose([low, high], [0.49016247153664183, 0.9433178485456247], 1e-12);
  });

  it('stays between 0 and 1 and is not defined over nothing', () => {
    assert.equal(wilsonInterval(0, 5)!.low, 0);
    assert.equal(wilsonInterval(5, 5)!.high, 1);
    assert.equal(wilsonInterval(0, 0), null);
  });
});
