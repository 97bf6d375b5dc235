import type { DamagedFile } from '../../common/errors.js';
import { modelGroupName } from '../../project/names.js';
import { listAlarms } from '../../operations/alarms/list.js';
import { listEndpoints } from '../../operations/endpoints/list.js';
import type { EndpointInfo } from '../../platform/ports/endpoints.js';
import { collect } from '../../platform/ports/pages.js';
import { quietly } from '../session/quietly.js';
import type { Current } from '../session/session.js';
import { canBeLeftOut, lookAtEach } from '../../pipeline/look-at-each.js';
import { leftOutItem } from './error-items.js';
import { alarmItems } from './alarms.js';
import type { Item } from '../tree-item.js';
import { modelItems, servedModels } from './models.js';

/** Reads what a view shows from the environment; each view by itself, so that a missing permission empties only one. */
export async function loadAlarms(current: Current): Promise<Item[]> {
  const { ours, others } = await listAlarms.run(quietly(current), undefined);
  return alarmItems(ours, new Date(), others);
}

export function alarmBadge(items: readonly Item[]): { value: number; tooltip: string } | undefined {
  const value = items.filter(({ icon }) => icon === 'alarm').length;
  return value === 0 ? undefined : { value, tooltip: value === 1 ? '1 alarm' : `${value} alarms` };
}

/** The project's own model group; in an account also those of others, which the same trees are to show. */
export async function loadModels(current: Current): Promise<Item[]> {
  const { project, environment } = current;
  const own = modelGroupName(project.file.name);
  const groups = environment.kind === 'local' ? [own] : await collect((page) => environment.registry.groups(page));
  const unknown: Item[] = [];
  const leaveOut = (damage: DamagedFile) => void unknown.push(leftOutItem('models', damage.file, damage));
  const lists = await lookAtEach(groups, (group) =>
    collect((page) => environment.registry.list(group, page), { leaveOut }),
  );
  let served: ReturnType<typeof servedModels>;
  unknown.push(...lists.leftOut.map(({ name, error }) => leftOutItem('models', name, error)));
  try {
    const { found, leftOut } = await ownEndpoints(current);
    served = servedModels(found);
    unknown.push(...leftOut.map(({ name, error }) => leftOutItem('models', name, error)));
  } catch (error) {
    if (!canBeLeftOut(error)) throw error;
    served = servedModels([]);
    unknown.push(leftOutItem('models', 'what is served', error));
  }
  return [...unknown, ...modelItems(lists.found.flat(), served, new Date())];
}

/** Those of the project: an account may have hundreds of others. */
async function ownEndpoints(current: Current) {
  const { endpoints } = await listEndpoints.run(quietly(current), undefined);
  const own = endpoints.filter(({ ours }) => ours);
  return lookAtEach<EndpointInfo>(
    own.map(({ name }) => name),
    (name) => current.environment.endpoints.describe(name),
  );
}
