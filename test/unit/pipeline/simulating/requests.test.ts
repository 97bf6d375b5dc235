import assert from 'node:assert/strict';
import { InputError } from '../../../../src/common/errors.js';
import { requestsOf, type TrafficWish } from '../../../../src/pipeline/simulating/requests.js';
import type { SampledRows } from '../../../../src/pipeline/simulating/rows.js';
import { shiftsOf } from '../../../../src/pipeline/simulating/shifts.js';
import { profiles, timetable } from '../../../../src/pipeline/simulating/timetable.js';

/** area 10 to 18 in steps of 2 (standard deviation √10), rooms always 3, garden 0 or 1, a town. */
const rows: SampledRows = {
  ...{ from: 'made', inputs: ['area', 'rooms', 'garden', 'town'] },
  values: [10, 12, 14, 16, 18].map((area, at) => ({ area, rooms: 3, garden: at % 2, town: 'Rye' })),
  labels: [1, 0, 1, null, 1],
};
const wish = (part: Partial<TrafficWish>): TrafficWish => ({
  profile: 'healthy',
  rate: 20,
  seconds: 10,
  seed: 7,
  ...part,
});
const requests = (part: Partial<TrafficWish>, shifts = [] as ReturnType<typeof shiftsOf>) => [
  ...requestsOf(wish(part), rows, shifts),
];

describe('simulated requests', () => {
  for (const profile of profiles)
    it(`are as many as rate times seconds, none after the end, and the same for the same seed: ${profile}`, () => {
      const sent = requests({ profile });
      assert.equal(sent.length, 200);
      assert.ok(sent.every(({ at }, index) => at >= (sent[index - 1]?.at ?? 0) && at < 10_000));
      assert.deepEqual(requests({ profile }), sent);
      assert.notDeepEqual(requests({ profile, seed: 8 }), sent);
    });

  it('come evenly, and in a season more of them at the height of a wave than in its trough', () => {
    const even = timetable('healthy', 10, 10);
    assert.deepEqual([even[0], even[1], even[99]], [0, 100, 9900]);
    // Two waves in 10 s: the first half of each is above the rate, the second below.
    const inSeason = timetable('seasonal', 100, 10);
    const between = (from: number, to: number) => inSeason.filter((at) => at >= from && at < to).length;
    assert.ok(between(0, 2500) > 2 * between(2500, 5000), `${between(0, 2500)} and ${between(2500, 5000)}`);
    assert.ok(Math.abs(between(0, 5000) - 500) <= 1);
  });

  it('of a drift have the stated columns moved by the stated share of their standard deviation, and no other', () => {
    const shifts = shiftsOf(rows, [{ column: 'area', sigmas: 2 }]);
    assert.ok(Math.abs(shifts[0]!.by - 2 * Math.sqrt(10)) < 1e-12);
    const areas = new Set<number>();
    for (const { text, row } of requests({ profile: 'drift' }, shifts)) {
      const { features } = JSON.parse(text) as { features: Record<string, unknown> };
      const { area, ...others } = features;
      const { area: before, ...same } = rows.values[row]!;
      // Whole numbers stay whole: 6.32 is 6.
      assert.equal(area, Number(before) + 6);
      assert.deepEqual(others, same);
      areas.add(area);
    }
    assert.equal(areas.size, 5);
  });

  it('of a drift that names no column move every number but flags and constants', () => {
    assert.deepEqual(
      shiftsOf(rows, []).map(({ column, sigmas }) => [column, sigmas]),
      [['area', 3]],
    );
  });

  for (const column of ['rooms', 'town', 'aera'])
    it(`refuse to shift what cannot be: ${column}`, () => {
      assert.throws(() => shiftsOf(rows, [{ column, sigmas: 1 }]), InputError);
    });

  it('are malformed only where errors are asked for, about a quarter of them, each in one of several ways', () => {
    const wrong = requests({ profile: 'errors', seconds: 50 }).filter((one) => one.wrong !== undefined);
    assert.ok(wrong.length > 200 && wrong.length < 300, String(wrong.length));
    assert.ok(new Set(wrong.map((one) => one.wrong)).size >= 5);
    for (const profile of ['healthy', 'seasonal', 'drift', 'slow'] as const)
      assert.ok(requests({ profile }).every((one) => one.wrong === undefined));
  });
});
