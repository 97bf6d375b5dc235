import { randomBytes } from 'node:crypto';

/**
 * Where below a group's `data/` a file lies, by the offline store's own naming: partitions of event time in UTC, then
 * the time and 16 letters or digits.
 */
export function offlineStorePath(eventTime: Date): string {
  const iso = eventTime.toISOString();
  const [year, month, day, hour] = [iso.slice(0, 4), iso.slice(5, 7), iso.slice(8, 10), iso.slice(11, 13)];
  const stamp = `${iso.replace(/[-:]/g, '').slice(0, 15)}Z`;
  return `year=${year}/month=${month}/day=${day}/hour=${hour}/${stamp}_${letters(16)}.parquet`;
}

function letters(count: number): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  return Array.from(randomBytes(count), (byte) => alphabet[byte % alphabet.length]).join('');
}
