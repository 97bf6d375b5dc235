import type { ListedEndpoint } from '../../platform/ports/endpoints.js';
import { everyItem } from '../../platform/ports/pages.js';
import { answer } from '../answer.js';
import { reads } from '../operation.js';

/** Every endpoint of the environment by name and status; none is asked what it serves. */
export const listEndpoints = reads('endpoints.list', async ({ environment, signal }) => {
  const endpoints: ListedEndpoint[] = [];
  for await (const item of everyItem((page) => environment.endpoints.list(page), { signal })) endpoints.push(item);
  return answer('endpoints', { endpoints });
});
