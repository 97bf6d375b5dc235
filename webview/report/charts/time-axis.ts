const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const steps = [minute, 5 * minute, 15 * minute, 30 * minute, hour, 3 * hour, 6 * hour, 12 * hour, day, 7 * day];

/** Round moments of UTC between two, at most so many. */
export function timeTicks(min: number, max: number, most: number): number[] {
  const step = steps.find((one) => (max - min) / one <= most) ?? Math.ceil((max - min) / most / day) * day;
  const ticks: number[] = [];
  for (let at = Math.ceil(min / step) * step; at <= max; at += step) ticks.push(at);
  return ticks;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "09:30"; at midnight the day. */
export function timeText(value: number): string {
  const at = new Date(value);
  if (value % day === 0) return `${at.getUTCDate()} ${months[at.getUTCMonth()]}`;
  return at.toISOString().slice(11, 16);
}
