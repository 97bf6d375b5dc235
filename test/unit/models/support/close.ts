import assert from 'node:assert/strict';

/** |actual - expected| <= tolerance * max(1e-300, |expected|), for every value. */
export function assertClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  assert.equal(actual.length, expected.length, 'as many values');
  for (let index = 0; index < expected.length; index++) {
    const difference = Math.abs(actual[index]! - expected[index]!);
    const limit = tolerance * Math.max(Math.abs(expected[index]!), 1e-300);
    if (!(difference <= limit))
      assert.fail(`value ${index}: ${actual[index]!} is not within ${tolerance} of ${expected[index]!}`);
  }
}
