import { createHash } from 'node:crypto';

const longest = 63;

/**
 * A name as SageMaker takes it: letters, digits and single dashes between, at most 63. The end tells things of one
 * beginning apart and is never cut.
 */
export function resourceName(parts: readonly string[], end: string): string {
  const fit = (text: string) => text.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '');
  const beginning = fit(parts.join('-')).slice(0, longest - end.length - 1);
  return fit(`${beginning}-${end}`);
}

/** Eight hexadecimal digits of what a thing is made of. */
export function shortHash(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 8);
}

/** `20261121093105`, in UTC. */
export function timeStamp(at: Date): string {
  return at.toISOString().replace(/\D/g, '').slice(0, 14);
}
