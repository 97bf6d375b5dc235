import { identifier, literal } from './duckdb/sql.js';

/** What a pseudonym looks like: 64 bits of a hash, so that two of a million things do not meet by chance. */
const pattern = 'anon-[0-9a-f]{16}';

/**
 * A column's pseudonyms as SQL: SHA-256 under a key, so that who does not have the key cannot try names until one fits.
 * What is a pseudonym already stays what it is; null stays null.
 */
export function pseudonymOf(column: string, key: string): string {
  const text = `${identifier(column)}::VARCHAR`;
  const hashed = `'anon-' || left(sha256(${literal(`${key}:`)} || ${text}), 16)`;
  return `CASE WHEN regexp_full_match(${text}, '${pattern}') THEN ${text} ELSE ${hashed} END`;
}
