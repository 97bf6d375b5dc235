import assert from 'node:assert/strict';
import { recordDrift } from '../../../src/drift/record-drift.js';

const means = {
  bedrooms: 3.0425,
  bathrooms: 1.98875,
  sqft: 1998.4283952409862,
  age: 24.71,
  location_score: 5.526288573895963,
};
const stds = {
  bedrooms: 1.4390212742641197,
  bathrooms: 0.8197337322202098,
  sqft: 495.6553764219536,
  age: 14.79381530282224,
  location_score: 2.6006693425639757,
};

const score = (bedrooms: number, bathrooms: number, sqft: number, age: number, location_score: number) =>
  recordDrift({ bedrooms, bathrooms, sqft, age, location_score }, means, stds);

/** The scenario table of the house-price service: bedrooms, bathrooms, area, age, location; the score it documents. */
const scenarios: [string, [number, number, number, number, number], number][] = [
  ['the example of its manual', [3, 2, 2000, 10, 7], 0.3215],
  ['a perfect match', [3, 2, 2000, 25, 5.5], 0.0152],
  ['a slight variation', [3, 2, 1950, 20, 6], 0.1283],
  ['within one standard deviation', [4, 2, 2100, 30, 5], 0.2888],
  ['an upscale property', [6, 4, 3500, 5, 8.5], 2.0028],
  ['a modest property', [1, 1, 1200, 45, 3], 1.3159],
  ['an older, smaller one', [2, 1, 1000, 50, 2.5], 1.3636],
  ['a luxury mansion', [10, 8, 5000, 0, 10], 4.3229],
  ['a tiny old shack', [1, 1, 400, 80, 1], 2.2656],
  ['huge but low quality', [8, 1, 6000, 0, 1], 3.2271],
  ['small but many bathrooms', [1, 5, 800, 100, 10], 2.864],
  ['bedrooms alone far off', [15, 2, 2000, 25, 5.5], 1.6712],
  ['bathrooms alone far off', [3, 10, 2000, 25, 5.5], 1.9671],
  ['area alone far off', [3, 2, 8000, 25, 5.5], 2.4363],
  ['age alone far off', [3, 2, 2000, 150, 5.5], 1.7051],
  ['location alone far off', [3, 2, 2000, 25, 0.1], 0.4305],
];

describe('the drift score of one record', () => {
  for (const [title, features, expected] of scenarios) {
    it(`of ${title} is ${expected}`, () => {
      assert.ok(Math.abs(score(...features) - expected) < 1e-4, String(score(...features)));
    });
  }

  it('has the documented averages of its groups', () => {
    const average = (from: number, to: number) => {
      const group = scenarios.slice(from, to).map(([, features]) => score(...features));
      return group.reduce((sum, value) => sum + value, 0) / group.length;
    };
    for (const [value, expected] of [
      [average(1, 4), 0.1441],
      [average(4, 7), 1.5608],
      [average(7, 11), 3.1699],
    ] as const) {
      assert.ok(Math.abs(value - expected) < 1e-4, String(value));
    }
  });

  it('leaves out what training does not know, constants, and what is no number', () => {
    const known = { a: 1, b: 1 };
    assert.equal(recordDrift({ a: 3, c: 100 }, known, { a: 1, b: 1 }), 2);
    assert.equal(recordDrift({ a: 3, b: 100 }, known, { a: 1, b: 0 }), 2);
    assert.equal(recordDrift({ a: 3, b: 'many' }, known, { a: 1, b: 1 }), 2);
    assert.equal(recordDrift({ a: 3, b: null }, known, { a: 1, b: null }), 2);
  });

  it('is 0 when nothing is left', () => {
    assert.equal(recordDrift({}, means, stds), 0);
    assert.equal(recordDrift({ toString: 5 }, means, stds), 0);
  });
});
