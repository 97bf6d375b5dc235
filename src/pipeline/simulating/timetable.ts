/** How requests come: as production has them, in waves, from elsewhere, some of them malformed, some of them slow. */
export const profiles = ['healthy', 'seasonal', 'drift', 'errors', 'slow'] as const;
export type Profile = (typeof profiles)[number];

/** Waves of a seasonal run, and how far the rate goes up and down in them, as a share of it. */
const waves = 2;
const swing = 0.8;

/** Where a run stands in its wave at a moment, from -1 to 1. `part`: of the whole, from 0 to 1. */
export const waveAt = (part: number): number => Math.sin(2 * Math.PI * waves * part);

/**
 * When each request is sent, in milliseconds from the start: evenly, of a seasonal run more of them at the height of a wave.
 * As many as rate times seconds, and at least one.
 */
export function timetable(profile: Profile, rate: number, seconds: number): Float64Array {
  const count = Math.max(1, Math.round(rate * seconds));
  const whole = 1000 * seconds;
  const place = profile === 'seasonal' ? partOfWave : (share: number) => share;
  return Float64Array.from({ length: count }, (_, index) => whole * place(index / count));
}

/** The moment by which a share of a seasonal run's requests is sent: the inverse of the integral of its rate. */
function partOfWave(share: number): number {
  const turn = 2 * Math.PI * waves;
  let [low, high] = [0, 1];
  for (let step = 0; step < 40; step += 1) {
    const middle = (low + high) / 2;
    const sent = middle + (swing * (1 - Math.cos(turn * middle))) / turn;
    if (sent < share) low = middle;
    else high = middle;
  }
  return low;
}
