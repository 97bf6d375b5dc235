import assert from 'node:assert/strict';
import { movesBetween } from '../../../../src/pipeline/live/moves.js';

/** Places on a line, a hundredth of a degree of latitude apart: 1.112 km. */
const place = (id: string, risk: number | null, now: number | null, capacity: number | null = 20) => {
  const where = { latitude: 59 + Number(id) / 100, longitude: 10 };
  return { id, name: id, ...where, risk, now, capacity };
};
const limits = { high: 0.5, within: 5, most: 20 };
const moves = (places: ReturnType<typeof place>[], also: Partial<typeof limits> = {}) =>
  movesBetween(places, { ...limits, ...also }).map(({ from, to, count, distance_km: km }) => [from, to, count, km]);

describe('moves between places at risk', () => {
  it('bring round(risk x capacity x 0.3) from the nearest that has more than half, the place at most risk first', () => {
    // 0.9 x 20 x 0.3 = 5.4 and 0.6 x 20 x 0.3 = 3.6; place 3 can spare 6, place 4 can spare 2.
    const places = [place('1', 0.6, 1), place('2', 0.9, 0), place('3', 0.1, 16), place('4', 0.2, 12)];
    assert.deepEqual(moves(places), [
      ['3', '2', 5, 1.112],
      ['3', '1', 1, 2.224],
      ['4', '1', 2, 3.336],
      [null, '1', 1, null],
    ]);
  });

  it('take nothing from a place at risk itself, from one too far, nor of one of which nothing is known', () => {
    const unknown = place('3', null, 20);
    assert.deepEqual(moves([place('1', 1, 0), place('2', 0.7, 20), unknown, place('9', 0, 20)]), [
      [null, '1', 6, null],
      [null, '2', 4, null],
    ]);
  });

  it('are no more than were asked for', () => {
    const places = [place('1', 1, 0), place('2', 0.9, 0), place('3', 0, 20)];
    assert.equal(moves(places, { most: 1 }).length, 1);
  });
});
