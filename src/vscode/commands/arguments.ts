import type { Item, Target } from '../tree-item.js';

/** What a tree item stands for, when a command was called from one of that kind. */
export function targetOf<Kind extends Target['kind']>(
  argument: unknown,
  kind: Kind,
): Extract<Target, { kind: Kind }> | undefined {
  const target = isItem(argument) ? argument.target : undefined;
  return target?.kind === kind ? (target as Extract<Target, { kind: Kind }>) : undefined;
}

export function isItem(argument: unknown): argument is Item {
  return (
    typeof argument === 'object' && argument !== null && 'id' in argument && 'label' in argument && 'icon' in argument
  );
}

/** The results of a run, or those in a folder of the bucket. */
export function resultsOf(argument: unknown): string | undefined {
  const folder = targetOf(argument, 'prefix');
  return folder ? `${folder.key}monitoring_results.json` : targetOf(argument, 'run')?.results;
}

/** What another command or a test says instead of answering questions. */
export function saidIn<T extends object>(argument: unknown): Partial<T> {
  return typeof argument === 'object' && argument !== null && !isItem(argument) ? argument : {};
}
