import { leftovers, type Leftover } from '../../pipeline/account/cleanup.js';
import { dataStays } from '../../platform/permissions/guard.js';
import { answer } from '../answer.js';
import { changes, reads } from '../operation.js';

/** Everything of the project that runs or watches, in the order in which it can be deleted. */
export const showLeftovers = reads('account.leftovers', ({ project, environment, signal }) =>
  leftovers(project, environment, { signal }),
);

/** Deletes what was shown, and gives back what the project adopted; its data stays. */
export const cleanUp = changes(
  'account.cleanup',
  {
    purpose: ({ project }: { project: string; found: Leftover[] }) => `cleanup ${project}`,
    destroys: ({ project }) => ({
      what: `cleanup ${project}`,
      resource: project,
      askLocally: 'always',
      left: dataStays,
    }),
  },
  async ({ writers, signal, progress }, { found }) => {
    for (const one of found) {
      signal.throwIfAborted();
      await one.remove(writers, { signal });
      progress(`${one.released ? 'given back' : 'deleted'} ${one.kind} ${one.name}`);
    }
    return cleanupDocument(found, true);
  },
);

export function cleanupDocument(found: readonly Leftover[], deleted: boolean) {
  const resources = found.map(({ kind, name, released = false }) => ({ kind, name, released }));
  return answer('cleanup', { deleted, resources });
}
