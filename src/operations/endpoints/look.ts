import { liveOf } from '../../pipeline/dashboard/live.js';
import { lookAt } from '../../pipeline/endpoints/look.js';
import { lookAtEach } from '../../pipeline/look-at-each.js';
import type { EndpointInfo } from '../../platform/ports/endpoints.js';
import { collect } from '../../platform/ports/pages.js';
import { reads } from '../operation.js';
import type { Named } from './find.js';

/**
 * The project's endpoints as each describes itself, and by their names those of others: an account may have hundreds.
 * What cannot be looked at is named beside.
 */
export const lookAtEndpoints = reads('endpoints.look', async ({ environment: { endpoints }, signal }) => {
  const listed = await collect((page) => endpoints.list(page), { signal });
  const names = listed.filter(({ ours }) => ours).map(({ name }) => name);
  const { found, leftOut } = await lookAtEach(names, (name) => endpoints.describe(name, { signal }));
  return { endpoints: found, others: listed.filter(({ ours }) => !ours), leftOut };
});

/** One endpoint, also of others; undefined when there is none of that name. */
export const findEndpoint = reads('endpoints.find', ({ environment, signal }, { name }: Named) =>
  environment.endpoints.describe(name, { signal }),
);

/** What goes on at an endpoint now: requests, errors and latency of the last minutes, and a release under way. */
export const lookAtLive = reads('endpoints.live', ({ environment, signal }, { endpoint }: { endpoint: EndpointInfo }) =>
  liveOf(environment, endpoint, new Date(), { signal }),
);

/** On which machines it runs, at what cost, whether anybody uses it. */
export const lookAtUsage = reads(
  'endpoints.usage',
  ({ environment, signal }, { endpoint }: { endpoint: EndpointInfo }) =>
    lookAt(environment, endpoint, new Date(), { signal }),
);
