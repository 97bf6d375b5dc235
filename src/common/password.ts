import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';

/** A password as it is kept: nobody can tell it from that. Costs 32 MB and some 100 ms to check. */
export const passwordHashSchema = z.object({
  salt: z.string(),
  hash: z.string(),
  /** scrypt's own: work, block size, parallel parts. RFC 7914. */
  cost: z.object({
    n: z
      .int()
      .min(2)
      .max(1 << 20),
    r: z.int().min(1).max(32),
    p: z.int().min(1).max(16),
  }),
});
export type PasswordHash = z.infer<typeof passwordHashSchema>;

const usual = { n: 1 << 15, r: 8, p: 1 };
const bytes = 32;

export async function hashPassword(password: string): Promise<PasswordHash> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, usual);
  return { salt: salt.toString('base64'), hash: hash.toString('base64'), cost: usual };
}

/** Whether it is that password. Takes as long for a wrong one. */
export async function isPassword(password: string, { salt, hash, cost }: PasswordHash): Promise<boolean> {
  const derived = await derive(password, Buffer.from(salt, 'base64'), cost);
  const known = Buffer.from(hash, 'base64');
  return known.length === derived.length && timingSafeEqual(known, derived);
}

function derive(password: string, salt: Buffer, { n, r, p }: PasswordHash['cost']): Promise<Buffer> {
  return new Promise((resolve, reject) =>
    // The same text can be written in several ways that look alike.
    scrypt(password.normalize('NFKC'), salt, bytes, { N: n, r, p, maxmem: 256 * n * r + (1 << 20) }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    ),
  );
}
