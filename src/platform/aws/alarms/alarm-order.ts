/**
 * Alarms in an order in which they can be deleted: CloudWatch keeps one that others are made of until those are gone.
 * What is made of each other in a circle comes last, as it was given: CloudWatch itself says what is to be done there.
 * @param partsOf the names of those that an alarm is made of
 */
export function dependentsFirst<Alarm extends { name: string }>(
  alarms: readonly Alarm[],
  partsOf: (alarm: Alarm) => readonly string[],
): Alarm[] {
  const ordered: Alarm[] = [];
  let left = [...alarms];
  while (left.length > 0) {
    const needed = new Set(left.flatMap((alarm) => partsOf(alarm).filter((part) => part !== alarm.name)));
    const free = left.filter(({ name }) => !needed.has(name));
    if (free.length === 0) return [...ordered, ...left];
    ordered.push(...free);
    left = left.filter(({ name }) => needed.has(name));
  }
  return ordered;
}
