/** What applying would do to one named thing. */
export interface Difference {
  name: string;
  /**
   * `theirs`: one of others has the name, and stands in the way of ours. `reused`: one of others does what ours would, so
   * that ours is not made.
   */
  change: 'add' | 'change' | 'remove' | 'unchanged' | 'theirs' | 'reused';
  /** Of a change: what differs, `threshold: 5 -> 7`, by path; of one of others why it is left alone. */
  details: string[];
}

/** What has to happen to `current` to become `wanted`, by name: wanted ones in their order, then those to remove. */
export function differences(wanted: ReadonlyMap<string, unknown>, current: ReadonlyMap<string, unknown>): Difference[] {
  const kept = [...wanted].map(([name, value]): Difference => {
    if (!current.has(name)) return { name, change: 'add', details: [] };
    const details = detailsOf(current.get(name), value, '');
    return { name, change: details.length === 0 ? 'unchanged' : 'change', details };
  });
  const removed = [...current.keys()].filter((name) => !wanted.has(name));
  return [...kept, ...removed.map((name): Difference => ({ name, change: 'remove', details: [] }))];
}

/** Whether anything would happen at all, or is asked for and cannot. */
export function anyChange(all: readonly Difference[]): boolean {
  return all.some(({ change }) => change !== 'unchanged' && change !== 'reused');
}

/** What others have under such a name is not changed: it is said to be theirs. */
export function sparing(all: readonly Difference[], isTheirs: (name: string) => boolean): Difference[] {
  return all.map((one) =>
    one.change === 'change' && isTheirs(one.name)
      ? { ...one, change: 'theirs', details: ['theirs, left alone; give ours another name'] }
      : one,
  );
}

function detailsOf(before: unknown, after: unknown, path: string): string[] {
  const left = plain(before);
  const right = plain(after);
  if (isObject(left) && isObject(right)) {
    const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])];
    return keys.flatMap((key) => detailsOf(left[key], right[key], path === '' ? key : `${path}.${key}`));
  }
  const [old, fresh] = [JSON.stringify(left) ?? 'nothing', JSON.stringify(right) ?? 'nothing'];
  return old === fresh ? [] : [`${path === '' ? '' : `${path}: `}${old} -> ${fresh}`];
}

/** As JSON has it: undefined is absent. */
function plain(value: unknown): unknown {
  return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);
}

/** Lists are compared place by place, so that a widget or step that changed is named. */
function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
