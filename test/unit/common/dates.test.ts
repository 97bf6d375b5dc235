import assert from 'node:assert/strict';
import { InputError } from '../../../src/common/errors.js';
import { dateFlag } from '../../../src/common/dates.js';

describe('a date that somebody typed', () => {
  it('is refused where no calendar has it, instead of sliding into the next month', () => {
    for (const text of ['2027-02-29', '2027-02-31', '2027-04-31', '2027-02-31T12:00:00Z', '2027-13-01', 'soon']) {
      assert.throws(() => dateFlag('--until', text), InputError, text);
    }
  });

  it('stays a day, and an instant becomes one in UTC', () => {
    assert.equal(dateFlag('--until', '2028-02-29'), '2028-02-29');
    assert.equal(dateFlag('--until', '2027-03-01T00:30:00+02:00'), '2027-02-28T22:30:00.000Z');
  });
});
