import type { DamagedFile } from '../common/errors.js';
import type { At } from './operation.js';

/** Names what is damaged, with the command that helps, beside an answer that goes on without it. */
export function namedBy(warn: At['warn']): (damage: DamagedFile) => void {
  return (damage) => warn(`left out: ${damage.message}`);
}
