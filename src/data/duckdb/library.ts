import type * as Library from '@duckdb/node-api';

let loaded: typeof Library | undefined;

/** DuckDB, which takes as long to load as a run that finds nothing to do: the first session waits for it. */
export async function loadDuckDB(): Promise<typeof Library> {
  return (loaded ??= await import('@duckdb/node-api'));
}

/** DuckDB, once a session is open. */
export function duckdb(): typeof Library {
  if (loaded === undefined) throw new Error('DuckDB is asked for before a session was opened');
  return loaded;
}
