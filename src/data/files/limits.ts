import { bombLimits } from '../../common/bomb.js';

/** What listing an archive may cost before it stops and says so. */
export const limits = {
  /** More members are not listed. */
  members: 10_000,
  /** Packed bytes that are read unasked. */
  packed: 64e6,
  ...bombLimits,
};

/** Why a member's name is not to be followed; null for a harmless one. It is never written to a disk anyway. */
export function nameDanger(name: string): string | null {
  if (/^(?:[/\\]|[A-Za-z]:)/.test(name)) return 'its name starts at the root of a disk';
  if (name.split(/[/\\]/).includes('..')) return 'its name leads out of the archive';
  return /\p{Cc}/u.test(name) ? 'its name has characters that cannot be shown' : null;
}
