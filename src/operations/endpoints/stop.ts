import { answer } from '../answer.js';
import { changes } from '../operation.js';
import { mustBeThere, type Named } from './find.js';

/** Ends its process, in an account the endpoint, so that it costs no more; what it takes to bring the same back stays. */
export const stopEndpoint = changes(
  'endpoints.stop',
  {
    purpose: ({ name }: Named) => `stop ${name}`,
    destroys: ({ name }) => ({ what: `stop endpoint ${name} (start brings it back)`, resource: name }),
    withoutLease: 'a person who stops an endpoint does not want to wait for a run to end',
    check: mustBeThere,
  },
  async ({ writers, signal }, { name }) => {
    await writers.endpoints.stop(name, { signal });
    return answer('endpoint', { name, status: 'stopped' });
  },
);
