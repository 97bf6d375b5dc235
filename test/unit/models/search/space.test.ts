import assert from 'node:assert/strict';
import { ranked, rungsOf } from '../../../../src/models/search/halving.js';
import { drawn, gridOf } from '../../../../src/models/search/space.js';

describe('settings of a search', () => {
  it('of a grid are all combinations, in the order of scikit-learn', () => {
    assert.deepEqual(gridOf({ depth: [4, null], bags: [true, false] }), [
      { bags: true, depth: 4 },
      { bags: true, depth: null },
      { bags: false, depth: 4 },
      { bags: false, depth: null },
    ]);
  });

  it('of a grid cannot be a range', () => {
    assert.throws(() => gridOf({ rate: { from: 0.1, to: 1 } }), /"rate" is a range, expected a list/);
  });

  const space = {
    rate: { from: 0.001, to: 1, scale: 'log' },
    leaves: { from: 2, to: 5, whole: true },
    share: { from: 0.5, to: 0.75 },
    kind: ['a', 'b'],
  } as const;

  it('drawn at random stay inside, are whole where asked, and go evenly through the logarithm', () => {
    const settings = drawn(space, 2000, 7) as { rate: number; leaves: number; share: number; kind: string }[];
    assert.equal(settings.length, 2000);
    const part = (wanted: (one: (typeof settings)[number]) => boolean) => settings.filter(wanted).length / 2000;
    assert.equal(
      part(({ rate }) => rate >= 0.001 && rate <= 1),
      1,
    );
    assert.ok(Math.abs(part(({ rate }) => rate < 0.01) - 1 / 3) < 0.04);
    assert.equal(
      part(({ share }) => share >= 0.5 && share <= 0.75),
      1,
    );
    assert.deepEqual([...new Set(settings.map(({ leaves }) => leaves))].sort(), [2, 3, 4, 5]);
    assert.ok(Math.abs(part(({ leaves }) => leaves === 2) - 1 / 4) < 0.04);
    assert.ok(Math.abs(part(({ kind }) => kind === 'a') - 1 / 2) < 0.04);
  });

  it('are the same for the same seed, others for another, and the first do not depend on their number', () => {
    assert.deepEqual(drawn(space, 20, 7).slice(0, 5), drawn(space, 5, 7));
    assert.notDeepEqual(drawn(space, 5, 7), drawn(space, 5, 8));
  });

  it('never come twice, and end where the space does', () => {
    const settings = drawn({ a: [1, 2, 3], b: [true, false] }, 40, 1);
    assert.equal(settings.length, 6);
    assert.equal(new Set(settings.map((one) => JSON.stringify(one))).size, 6);
  });
});

describe('successive halving', () => {
  it('gives a third of the trials three times the resource', () => {
    assert.deepEqual(rungsOf(27, 3, 3), [
      { trials: 27, share: 1 / 9 },
      { trials: 9, share: 1 / 3 },
      { trials: 3, share: 1 },
    ]);
  });

  it('has no more rungs than leave a trial, and at least the full one', () => {
    assert.deepEqual(
      rungsOf(4, 3, 5).map(({ trials }) => trials),
      [4, 1],
    );
    assert.deepEqual(rungsOf(1, 3, 3), [{ trials: 1, share: 1 }]);
  });

  it('takes the better first, the earlier among equals, and those without a score last', () => {
    const trials = [
      { id: 1, score: null },
      { id: 2, score: 0.5 },
      { id: 3, score: 0.7 },
      { id: 4, score: 0.7 },
    ];
    assert.deepEqual(
      ranked(trials, 'higher').map(({ id }) => id),
      [3, 4, 2, 1],
    );
    assert.deepEqual(
      ranked(trials, 'lower').map(({ id }) => id),
      [2, 3, 4, 1],
    );
  });
});
