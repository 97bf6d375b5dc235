import { collect } from '../platform/ports/pages.js';
import type { ModelVersion } from '../platform/ports/registry.js';
import { modelGroupName } from '../project/names.js';
import { heldVersion, type Held } from './releasing/held.js';
import type { StageContext } from './stage.js';

/** The version that an endpoint is to serve. */
export interface DeployTarget {
  model: ModelVersion;
  /** Whether it passed its own gates, or a person approved it. */
  proven: boolean;
  /** Set where it is not the newest approved one: what came after it was taken back. */
  held?: Held;
}

/**
 * The version that serves since another was taken back, until a person goes on; else the newest approved version; in the local environment, while nothing was ever approved, the newest one that
 * serves already or the first of the project, marked "not proven".
 */
export async function deployTarget(
  context: Pick<StageContext, 'environment' | 'project'>,
): Promise<DeployTarget | undefined> {
  const { environment, project } = context;
  const group = modelGroupName(project.file.name);
  const versions = await collect((page) => environment.registry.list(group, page));
  const held = await heldVersion(environment, project.file.endpoint.name);
  const kept = held && versions.find(({ version }) => version === held.version);
  if (kept !== undefined) return { model: kept, proven: true, held };
  const approved = versions.find(({ status }) => status === 'Approved');
  if (approved !== undefined) return { model: approved, proven: true };
  const first = versions.at(-1);
  return first !== undefined && environment.kind === 'local' ? { model: first, proven: false } : undefined;
}
