import { canBeLeftOut } from '../../pipeline/look-at-each.js';
import { quietly } from '../session/quietly.js';
import type { Current } from '../session/session.js';
import { alarmItems } from './alarms.js';
import { leftOutItem } from './error-items.js';
import type { Item } from '../tree-item.js';

/** Reads what a view shows from the environment; each view by itself, so that a missing permission empties only one. */
export async function loadAlarms(current: Current): Promise<Item[]> {
  const { listAlarms } = await import('../project-work.js');
  const { ours, others } = await listAlarms.run(quietly(current), undefined);
  return alarmItems(ours, new Date(), others);
}

export function alarmBadge(items: readonly Item[]): { value: number; tooltip: string } | undefined {
  const value = items.filter(({ icon }) => icon === 'alarm').length;
  return value === 0 ? undefined : { value, tooltip: value === 1 ? '1 alarm' : `${value} alarms` };
}

/** The project's own versions; in an account also those of others, which the same tree is to show. */
export async function loadModels(current: Current): Promise<Item[]> {
  const { lookAtEndpoints, lookAtModels, modelItems, servedModels } = await import('../project-work.js');
  const at = quietly(current);
  const { versions, leftOut } = await lookAtModels.run(at, undefined);
  let served = servedModels([]);
  try {
    const { endpoints, leftOut: unseen } = await lookAtEndpoints.run(at, undefined);
    served = servedModels(endpoints);
    leftOut.push(...unseen);
  } catch (error) {
    if (!canBeLeftOut(error)) throw error;
    leftOut.push({ name: 'what is served', error });
  }
  const unknown = leftOut.map(({ name, error }) => leftOutItem('models', name, error));
  return [...unknown, ...modelItems(versions, served, new Date())];
}
