import { messageOf } from '../../common/errors.js';
import type { AccessCheck } from '../../platform/ports/access.js';
import { loadProject } from '../../project/load.js';
import { answer } from '../answer.js';
import { readsFiles } from '../operation.js';
import { type Check, machineChecks, projectChecks, type ProjectThere } from './checks.js';

/** What is missing, on this machine and, where there is a project, in its environment, with the fix. */
export const examine = readsFiles('machine.examine', async ({ signal }, { there }: { there?: ProjectThere }) => {
  const checks = [...(await machineChecks()), ...(there === undefined ? [] : await projectChecks(there))];
  const permissions = there === undefined ? [] : await permissionsOf(there, checks, signal);
  return answer('doctor', { checks, permissions });
});

/** None where rights are not given one by one. What keeps from asking is one more check that failed. */
async function permissionsOf(
  { folder, open }: ProjectThere,
  checks: Check[],
  signal: AbortSignal,
): Promise<AccessCheck[]> {
  if (checks.some(({ ok, needed, what }) => !ok && needed && what !== 'DuckDB')) return [];
  const project = await loadProject(folder, { sql: 'if there' }).catch(() => undefined);
  if (project === undefined) return [];
  try {
    const { access } = await open(project);
    return (await access?.check({ signal })) ?? [];
  } catch (error) {
    signal.throwIfAborted();
    checks.push({ what: 'AWS sign-in', ok: false, needed: true, found: messageOf(error), fix: 'see the message' });
    return [];
  }
}
