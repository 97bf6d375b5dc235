/** From here on the normal curve is as good: its error is far below that of 200 resamples. */
const LARGE = 50;

/** Draws from Poisson's distribution of a mean: by inversion, for large means from the normal curve. */
export function poisson(mean: number, random: () => number): number {
  if (mean <= 0) return 0;
  if (mean >= LARGE) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal));
  }
  let count = 0;
  let share = Math.exp(-mean);
  for (let left = random() - share; left >= 0 && share > 0; left -= share) {
    count++;
    share *= mean / count;
  }
  return count;
}
