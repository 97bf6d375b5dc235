import assert from 'node:assert/strict';
import { labelsDue } from '../../../../src/pipeline/judging/labels-due.js';

const delayed = (labelDelay?: string | number) => ({ monitor: { gates: [], labelDelay } });

describe('when labels are due', () => {
  for (const [to, delay, due] of [
    ['2026-03-01', 'P30D', '2026-03-31T00:00:00.000Z'],
    ['2026-03-01 12:00:00', 'P1W', '2026-03-08T12:00:00.000Z'],
    ['2026-03-01 12:00:00.5+00', 1.5, '2026-03-03T00:00:00.500Z'],
    ['2026-03-01T12:00:00+02:00', 'P1D', '2026-03-02T10:00:00.000Z'],
  ] as const) {
    it(`is ${delay} after ${to}`, () => assert.equal(labelsDue(delayed(delay), to, 3), due));
  }

  it('is not known without a delay or a time, and nothing is due where none is missing', () => {
    assert.equal(labelsDue(delayed(), '2026-03-01', 3), null);
    assert.equal(labelsDue(delayed('P1D'), null, 3), null);
    assert.equal(labelsDue(delayed('P1D'), 'seven', 3), null);
    assert.equal(labelsDue(delayed('P1D'), '2026-03-01', 0), null);
  });
});
