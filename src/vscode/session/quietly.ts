import type { At } from '../../operations/operation.js';
import type { Current } from './current.js';

/** To look by an operation without showing that: nobody waits for it, and nobody ends it. */
export function quietly({ project, environment }: Pick<Current, 'project' | 'environment'>): At {
  return {
    project,
    environment,
    signal: new AbortController().signal,
    progress: () => undefined,
    warn: () => undefined,
  };
}
