import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { binaryAgrees, classesAgree, lossesAgree } from '../../../support/nannyml/agrees.js';

/** 1,200 rows of NannyML's own examples (600 of the regression) with what NannyML 0.13.1 estimated of them. */
const folder = resolve('test/fixtures/estimation');

describe('performance estimated without labels is what NannyML says', function () {
  this.timeout(20_000);

  it('of a binary classifier, in chunks of 300 rows', () => assert.equal(binaryAgrees(folder, 'car-loan'), 7 * 4));
  it('of a binary classifier, in 7 chunks and what is left over', () =>
    assert.equal(binaryAgrees(folder, 'work-from-home'), 7 * 8));
  it('of a classifier of three classes, of which one needs no calibration', () =>
    assert.equal(classesAgree(folder, true), 7 * 4));
  it('of a regression, whose errors are learned by trees', async () => assert.equal(await lossesAgree(folder), 4 * 2));
});
