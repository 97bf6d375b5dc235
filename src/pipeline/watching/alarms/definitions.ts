import type { Environment } from '../../../platform/ports/environment.js';
import { everyItem } from '../../../platform/ports/pages.js';
import type { Project } from '../../../project/schema.js';
import { alarmsOf, alarmsUpToDate, applyAlarms } from '../../alarms-of.js';

/**
 * On this machine the alarms that `mlops.json` asks for are judged as soon as they stand there: those of an endpoint once
 * it is there. In an account they are made by deploy and apply alone, for they cost.
 */
export async function applyHere(project: Project, environment: Environment, signal: AbortSignal): Promise<void> {
  if (environment.kind !== 'local') return;
  const at = { project, environment, signal };
  const needsEndpoint = alarmsOf(project.file).some((alarm) => JSON.stringify(alarm).includes('"EndpointName"'));
  if (needsEndpoint && !(await hasEndpoint(environment, signal))) return;
  if (await alarmsUpToDate(at)) return;
  const writers = environment.writers('watch alarms');
  await applyAlarms({ ...at, writers, report: { message: () => undefined } });
}

async function hasEndpoint({ endpoints }: Environment, signal: AbortSignal): Promise<boolean> {
  for await (const { ours } of everyItem((page) => endpoints.list(page), { signal })) if (ours) return true;
  return false;
}
