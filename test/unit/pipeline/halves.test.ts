import assert from 'node:assert/strict';
import { productionHalf, shareOf } from '../../../src/pipeline/training/halves.js';

describe('shares of entities', () => {
  const entities = Array.from({ length: 10_000 }, (_, index) => `Z30${index}`);

  it('are the same for the same entity and seed, whatever else is in the table', () => {
    assert.equal(shareOf('MJ0351YNG9Z0XA', 'production-half', 2), productionHalf('MJ0351YNG9Z0XA'));
    assert.deepEqual(entities.map(productionHalf), [...entities].reverse().map(productionHalf).reverse());
  });

  it('split entities evenly', () => {
    const second = entities.filter((entity) => productionHalf(entity) === 1).length;
    assert.ok(Math.abs(second - 5000) < 200, `${second} of 10,000`);
  });

  it('of different seeds are independent', () => {
    const both = entities.filter((entity) => productionHalf(entity) === 0 && shareOf(entity, 'other', 2) === 0).length;
    assert.ok(Math.abs(both - 2500) < 200, `${both} of 10,000`);
  });
});
