import assert from 'node:assert/strict';
import { dependentsFirst } from '../../../../../src/platform/aws/alarms/alarm-order.js';

const order = (parts: Record<string, string[]>) => {
  const alarms = Object.keys(parts).map((name) => ({ name }));
  return dependentsFirst(alarms, ({ name }) => parts[name]!).map(({ name }) => name);
};

describe('the order in which alarms can be deleted', () => {
  it('has what is made of others before them, however they are called', () => {
    assert.deepEqual(order({ all: ['zone'], zone: ['plain'], plain: [] }), ['all', 'zone', 'plain']);
    assert.deepEqual(order({ plain: [], zone: ['plain'], all: ['zone', 'plain'] }), ['all', 'zone', 'plain']);
    assert.deepEqual(order({ b: ['gone'], a: [] }), ['b', 'a']);
  });

  it('ends where two are made of each other', () => {
    assert.deepEqual(order({ a: ['b'], b: ['a'], top: ['a'] }), ['top', 'a', 'b']);
    assert.deepEqual(order({ self: ['self'] }), ['self']);
  });
});
