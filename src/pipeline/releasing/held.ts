import { everyItem } from '../../platform/ports/pages.js';
import type { Environment } from '../../platform/ports/environment.js';

/** A version that serves because one was taken back: nothing automatic goes past it. */
export interface Held {
  version: string;
  /** The one that was taken back. */
  instead: string | null;
  by: string;
  why: string;
}

const roads: readonly string[] = ['deploy', 'retrain', 'promote'];

/**
 * What was taken back last, until a person approves or releases a version again: a run that found the newest approved
 * version and served it would undo what a person, or the watch over a release, decided.
 */
export async function heldVersion(
  { ledger }: Pick<Environment, 'ledger'>,
  endpoint: string,
): Promise<Held | undefined> {
  for await (const entry of everyItem((page) => ledger.list(page), { leaveOut: () => undefined })) {
    const { what, outcome, to, from, who, why, trigger } = entry;
    if (what === 'approve') return undefined;
    if (roads.includes(what) && outcome === 'promoted') return undefined;
    if (what !== 'rollback' || outcome !== 'rolled-back' || trigger !== endpoint) continue;
    return to === null ? undefined : { version: to, instead: from, by: who, why };
  }
  return undefined;
}

export const heldText = ({ version, instead, by, why }: Held): string =>
  `${version} is held: ${by} took ${instead ?? 'the one after it'} back (${why}); to go on: mlops release start VERSION`;
