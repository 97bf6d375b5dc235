import type { WatchedAlarms } from '../../documents/watching/watched-alarms.js';

/** When each alarm went off that its user was told of, by name. */
export type Told = Readonly<Record<string, string>>;

/**
 * Alarms that stand in ALARM and that nobody was told of: those that went off and are well again since need no one. An
 * alarm that goes off anew is told anew.
 */
export function newAlarms({ alarms }: Pick<WatchedAlarms, 'alarms'>, told: Told): { fresh: string[]; told: Told } {
  const off = Object.entries(alarms).filter(([, { state }]) => state === 'ALARM');
  return {
    fresh: off.filter(([name, { since }]) => told[name] !== since).map(([name]) => name),
    told: Object.fromEntries(off.map(([name, { since }]) => [name, since])),
  };
}
