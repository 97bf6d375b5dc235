import { freshnessOf } from '../../pipeline/feature-groups/freshness.js';
import { answer } from '../answer.js';
import { reads } from '../operation.js';
import { mustFind } from './find.js';

/** One group: its features, where its records lie, and how new they are. @throws InputError for one that is not there */
export const describeFeatureGroup = reads('feature-groups.describe', async (at, { name }: { name: string }) => {
  const group = await mustFind(at, name);
  const freshness = await freshnessOf(at.environment.objects, group, { signal: at.signal });
  return answer('feature-group', { ...group, freshness });
});
