import type { AlarmChange } from '../../../documents/watching/watched-alarms.js';
import { momentsOf, type Action, type AlarmMoment } from '../../../project/alarms/actions-schema.js';

const momentOf: Record<AlarmChange['to'], AlarmMoment> = { ALARM: 'alarm', OK: 'ok', INSUFFICIENT_DATA: 'no-data' };

/** What is asked for when an alarm changes. */
export interface Then {
  then: readonly string[];
  actions: Readonly<Record<string, Action>>;
}

/**
 * Which actions run for the changes of one alarm since it was last looked at, in their order: for the newest change to each
 * state, so that an alarm that went to and fro while nobody watched tells each once. That it is well again is told only
 * to those who were told that it was not.
 * @param open whether somebody was told that it went off, and not yet that it is well again
 */
export function actionsFor(
  changes: readonly AlarmChange[],
  { then, actions }: Then,
  open: boolean,
): { planned: { change: AlarmChange; action: string }[]; open: boolean } {
  const newest = changes.filter((change, at) => !changes.some(({ to }, later) => later > at && to === change.to));
  let told = open;
  const planned = newest.flatMap((change) => {
    const moment = momentOf[change.to];
    if (moment === 'ok' && !told) return [];
    if (moment !== 'no-data') told = moment === 'alarm';
    return then.filter((name) => runsAt(actions[name], moment)).map((action) => ({ change, action }));
  });
  return { planned, open: told };
}

/** Topics of SNS stand in the alarm itself: CloudWatch tells them. */
const runsAt = (action: Action | undefined, moment: AlarmMoment): boolean =>
  action !== undefined && action.kind !== 'sns' && momentsOf(action).includes(moment);
