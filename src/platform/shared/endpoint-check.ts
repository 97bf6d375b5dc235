import { InputError } from '../../common/errors.js';
import type { EndpointConfig } from '../ports/endpoints.js';

/** @throws InputError naming the endpoint and what cannot be: no variant, a name twice, no traffic, a share that is none */
export function checkEndpoint({ name, variants, capture }: EndpointConfig): void {
  const names = variants.map((variant) => variant.name);
  if (names.length === 0) throw new InputError(`endpoint ${name}: it has no variant`);
  if (new Set(names).size < names.length) throw new InputError(`endpoint ${name}: two variants have the same name`);
  if (!variants.some(({ weight }) => weight > 0))
    throw new InputError(`endpoint ${name}: no variant has a weight above 0`);
  if (!(capture >= 0 && capture <= 1))
    throw new InputError(`endpoint ${name}: capture is ${capture}, expected a share from 0 to 1`);
}
