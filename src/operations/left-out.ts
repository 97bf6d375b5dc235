import { DamagedFile } from '../common/errors.js';
import type { At } from './operation.js';

/** Names what is damaged, with the command that helps, beside an answer that goes on without it. */
export function namedBy(warn: At['warn']): (damage: DamagedFile) => void {
  return (damage) => warn(`left out: ${damage.message}`);
}

/** What is read, or undefined where it is damaged, which is named. @throws whatever else goes wrong */
export async function orLeftOut<Read>(warn: At['warn'], read: Promise<Read>): Promise<Read | undefined> {
  try {
    return await read;
  } catch (error) {
    if (!(error instanceof DamagedFile)) throw error;
    namedBy(warn)(error);
    return undefined;
  }
}
