import { keys } from '../../documents/keys.js';
import { freshLoop, loopStateSchema, type LoopState } from '../../documents/loop.js';
import type { Environment, Writers } from '../../platform/ports/environment.js';
import { readDocument, writeDocument } from '../store.js';

/** What the loop remembers. @throws DamagedFile: what cannot be read is never taken for a first look */
export async function readLoop({ name, objects }: Pick<Environment, 'name' | 'objects'>): Promise<LoopState> {
  return (await readDocument(objects, keys.loop(name), loopStateSchema)) ?? freshLoop;
}

export function writeLoop({ objects }: Pick<Writers, 'objects'>, environment: string, state: LoopState): Promise<void> {
  return writeDocument(objects, keys.loop(environment), state);
}
