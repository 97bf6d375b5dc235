import { randomSource, streamSeed } from '../../models/random-source.js';
import { bodyOf, malformed, type Body } from './malformed.js';
import type { SampledRows } from './rows.js';
import { shifted, type Shift } from './shifts.js';
import { timetable, waveAt, type Profile } from './timetable.js';

export interface TrafficWish {
  profile: Profile;
  /** Requests a second. */
  rate: number;
  seconds: number;
  seed: number;
}

/** One request that is sent. */
export interface Simulated extends Body {
  /** Milliseconds from the start. */
  at: number;
  /** Place among the rows. */
  row: number;
  /** What is wrong with it; undefined: nothing. */
  wrong?: string;
  /** Whether its body dribbles in. */
  slow: boolean;
}

/** So many of all are malformed, or slow, where the profile says so. */
const wrongShare = 0.25;
const slowShare = 0.25;

/** All requests of a run, in the order in which they are sent; the same seed and the same rows make the same. */
export function* requestsOf(
  wish: TrafficWish,
  rows: SampledRows,
  shifts: readonly Shift[],
): Generator<Simulated, void, undefined> {
  const { profile, rate, seconds, seed } = wish;
  const times = timetable(profile, rate, seconds);
  const [which, fault, kind] = [0, 1, 2].map((stream) => randomSource(streamSeed(seed, stream))) as [
    () => number,
    () => number,
    () => number,
  ];
  const kinds = Object.keys(malformed);
  const order = places(rows.values.length, which);
  for (const at of times) {
    const row = order.next().value;
    const share = profile === 'seasonal' ? waveAt(at / (1000 * seconds)) : 1;
    const values = shifted(rows.values[row]!, shifts, share);
    const isOdd = fault();
    const wrong = profile === 'errors' && isOdd < wrongShare ? kinds[Math.floor(kind() * kinds.length)]! : undefined;
    const body = wrong === undefined ? bodyOf(values) : malformed[wrong]!(values);
    const slow = profile === 'slow' && isOdd < slowShare;
    yield { at, row, ...body, slow, ...(wrong !== undefined && { wrong }) };
  }
}

/** Every row once, in any order, then every row once more: so they are distributed as they are. */
function* places(count: number, random: () => number): Generator<number, never, undefined> {
  const left: number[] = [];
  for (;;) {
    if (left.length === 0) left.push(...Array.from({ length: count }, (_, place) => place));
    const at = Math.floor(random() * left.length);
    const place = left[at]!;
    left[at] = left.at(-1)!;
    left.pop();
    yield place;
  }
}
