import * as z from 'zod';

const pattern = /^(\d+(?:\.\d+)?)(s|m|h|d)$/;
const seconds = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** A length of time as a person writes it: `90s`, `10m`, `24h`, `7d`. */
export const durationSchema = z.string().regex(pattern, 'a number with s, m, h or d behind it, such as "10m"');

/** Seconds of a text that `durationSchema` took. */
export function secondsOf(duration: string): number {
  const [, count, unit] = pattern.exec(duration)!;
  return Number(count) * seconds[unit as keyof typeof seconds];
}

/** `10 min`, `1.5 h`: the same for a person to read. */
export function durationWords(total: number): string {
  const [size, unit] =
    total >= seconds.d && total % seconds.d === 0
      ? [seconds.d, 'd']
      : total >= seconds.h
        ? [seconds.h, 'h']
        : total >= seconds.m
          ? [seconds.m, 'min']
          : [1, 's'];
  return `${Number((total / size).toFixed(1))} ${unit}`;
}
