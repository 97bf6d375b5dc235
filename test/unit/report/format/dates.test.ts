import assert from 'node:assert/strict';
import { age } from '../../../../src/cli/output.js';
import { formatAge } from '../../../../src/report/format/dates.js';

describe('how long ago something was', () => {
  const now = new Date('2026-11-24T12:00:00Z');
  const cases = [
    ['2026-11-24T11:59:40Z', 'just now'],
    ['2026-11-24T11:15:00Z', '45 min ago'],
    ['2026-11-24T09:00:00', '3 h ago'],
    ['2026-11-19T12:00:00Z', '5 days ago'],
  ] as const;
  for (const [at, words] of cases) {
    it(`is said alike in the terminal and in the editor: ${words}`, () => {
      assert.equal(age(at, now), words);
      assert.equal(formatAge(at, now), words);
    });
  }

  it('is just now where the clock of the service is some seconds ahead', () => {
    assert.equal(age('2026-11-24T12:00:20Z', now), 'just now');
  });

  it('is never said of what lies ahead, or was never: the terminal shows the time itself, or a dash', () => {
    assert.equal(age('2026-11-25T08:30:00Z', now), '2026-11-25 08:30 UTC');
    assert.equal(formatAge('2026-11-25T08:30:00Z', now), '');
    assert.equal(age(null, now), '–');
  });
});
