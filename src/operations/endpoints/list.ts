import { collect } from '../../platform/ports/pages.js';
import { answer } from '../answer.js';
import { reads } from '../operation.js';

/** Every endpoint of the environment by name and status; none is asked what it serves. */
export const listEndpoints = reads('endpoints.list', async ({ environment, signal }) => {
  const endpoints = await collect((page) => environment.endpoints.list(page), { signal });
  return answer('endpoints', { endpoints });
});
