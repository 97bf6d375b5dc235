import assert from 'node:assert/strict';
import { problemOfDay, problemOfDayToCome } from '../../../src/vscode/commands/days.js';

const now = new Date('2026-11-21T09:33:00Z');

describe('a day that is typed into a box', () => {
  it('is one that the calendar has, or the box says how one looks', () => {
    assert.equal(problemOfDay('2026-11-21'), undefined);
    for (const text of ['', 'soon', '2027-02-30', '2026-13-01']) assert.match(problemOfDay(text) ?? '', /2026-12-01/);
  });

  it('counts through its end where it has to lie ahead', () => {
    assert.equal(problemOfDayToCome('2026-11-21', now), undefined);
    assert.match(problemOfDayToCome('2026-11-20', now) ?? '', /over/);
    assert.match(problemOfDayToCome('2026-11-21T09:00:00Z', now) ?? '', /over/);
    assert.match(problemOfDayToCome('whenever', now) ?? '', /2026-12-01/);
  });
});
