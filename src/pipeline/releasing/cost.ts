import { hostingPrices, hourlyPrice } from '../../documents/hosting-prices.js';
import type { Environment } from '../../platform/ports/environment.js';
import type { NamedEndpoint } from '../../project/endpoints.js';

/** What an endpoint costs an hour, in words: with `twice`, while two versions run beside each other. */
export function costOfRelease(
  { kind, region }: Pick<Environment, 'kind' | 'region'>,
  { instance }: Pick<NamedEndpoint, 'instance'>,
  twice: boolean,
): string {
  if (kind === 'local') return 'costs nothing: it runs on this machine';
  const price = hourlyPrice(instance, region);
  if (typeof price === 'string') return `cost unknown: ${price}`;
  const dollars = (count: number) => `$${(count * price).toFixed(2)}`;
  const table = `prices of ${hostingPrices.asOf}, ${hostingPrices.region}`;
  if (!twice) return `costs about ${dollars(1)} an hour (1 × ${instance}, ${table})`;
  return `costs about ${dollars(2)} an hour while both versions run, ${dollars(1)} after (${instance}, ${table})`;
}
