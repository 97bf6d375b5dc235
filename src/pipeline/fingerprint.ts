import { createHash } from 'node:crypto';
import type { StageInput } from '../documents/run.js';

/** Raised when a stage's result changes for equal inputs, so that what an older engine made is made again. */
export const engineVersion = 1;

/** sha256 over what a stage depends on. Order of inputs does not matter. */
export function fingerprintOf(stage: string, inputs: readonly StageInput[], configuration: unknown): string {
  const sorted = [...inputs].sort((left, right) => (left.uri < right.uri ? -1 : 1));
  const text = JSON.stringify([stage, engineVersion, sorted.map(({ uri, sha256 }) => [uri, sha256]), configuration]);
  return createHash('sha256').update(text).digest('hex');
}
