import { InputError } from '../../common/errors.js';
import type { EndpointConfig } from '../ports/endpoints.js';

/** @throws InputError naming the endpoint and what cannot be: no variant, a name twice, no traffic, a share that is none */
export function checkEndpoint({ name, variants, capture }: EndpointConfig): void {
  const names = variants.map((variant) => variant.name);
  if (names.length === 0) throw new InputError(`endpoint ${name}: it has no variant`);
  if (new Set(names).size < names.length) throw new InputError(`endpoint ${name}: two variants have the same name`);
  const answering = variants.filter(({ shadow }) => shadow !== true);
  if (!answering.some(({ weight }) => weight > 0))
    throw new InputError(`endpoint ${name}: no variant that answers has a weight above 0`);
  if (answering.every(({ candidate }) => candidate === true))
    throw new InputError(`endpoint ${name}: every variant is a candidate, expected one to answer where they fail`);
  if (!(capture >= 0 && capture <= 1))
    throw new InputError(`endpoint ${name}: capture is ${capture}, expected a share from 0 to 1`);
}
