import { athenaQuery } from '../../pipeline/feature-groups/athena-query.js';
import { queryGroup, type QueryWish } from '../../pipeline/feature-groups/query.js';
import { changes, reads } from '../operation.js';
import { mustFind } from './find.js';

export interface Query extends QueryWish {
  name: string;
}

/** One group in SQL, by DuckDB over its files. */
export const queryFeatureGroup = reads('feature-groups.query', async (at, { name, ...wish }: Query) =>
  queryGroup(at.environment, await mustFind(at, name), wish, new Date(), { signal: at.signal }),
);

/** The same where the group lies, for large ones. */
export const queryByAthena = changes(
  'feature-groups.query-by-athena',
  {
    purpose: ({ name }: Query) => `query feature group ${name} by Athena`,
    withoutLease: 'all that it writes is its own result',
    check: async (at, { name }) => void (await mustFind(at, name)),
  },
  ({ environment, signal }, { name, ...wish }) => athenaQuery(environment, name, wish, new Date(), { signal }),
);
