import { lookAt } from '../../pipeline/endpoints/look.js';
import type { EndpointInfo } from '../../platform/ports/endpoints.js';
import { answer } from '../answer.js';
import { reads } from '../operation.js';
import { mustFind, type Named } from './find.js';

/** What one endpoint serves and was asked to serve, on which machines, at what cost, and whether anybody uses it. */
export const showEndpoint = reads('endpoints.show', async (at, { name }: Named) => {
  const found = await mustFind(at, name);
  const { endpoint, ...look } = await lookAt(at.environment, found, new Date(), { signal: at.signal });
  const { ours, fleet = [], configName, capturedTo } = endpoint;
  return answer('endpoint', { ...described(endpoint), ours, configName, capturedTo, fleet, ...look });
});

export type EndpointDocument = Awaited<ReturnType<(typeof showEndpoint)['run']>>;

/** What other programs read of an endpoint. */
export function described(endpoint: EndpointInfo) {
  const { name, status, url, tokenFile, credentialsFile, config, serving, previous, reason, pid } = endpoint;
  const modelVersion = serving?.[0]?.modelVersion ?? null;
  return { name, status, url, modelVersion, tokenFile, credentialsFile, config, serving, previous, reason, pid };
}
