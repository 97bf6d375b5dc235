import { keys } from '../../documents/keys.js';
import { searchResultsSchema, type SearchResults } from '../../documents/search-results.js';
import type { CallOptions } from '../../platform/ports/calls.js';
import type { Environment } from '../../platform/ports/environment.js';
import { readDocument } from '../store.js';

/**
 * A candidate's leaderboard. One that says `running` although nobody has held the lease since it began was killed: it
 * reads as interrupted.
 */
export async function readBoard(
  { objects, lease }: Pick<Environment, 'objects' | 'lease'>,
  candidate: string,
  options: CallOptions = {},
): Promise<SearchResults | undefined> {
  const board = await readDocument(objects, keys.searchResults(candidate), searchResultsSchema, options);
  if (board?.status !== 'running') return board;
  const holder = await lease.holder();
  const alive = holder !== undefined && Date.parse(holder.startedAt) <= Date.parse(board.startedAt);
  return alive ? board : { ...board, status: 'interrupted' };
}
