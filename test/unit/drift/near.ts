import assert from 'node:assert/strict';

/** Equal to a recorded value to 1e-9 of its size. */
export function near(actual: number | null | undefined, expected: number): void {
  assert.ok(
    actual != null && Math.abs(actual - expected) <= 1e-9 * Math.abs(expected),
    `${actual} is not near ${expected}`,
  );
}
