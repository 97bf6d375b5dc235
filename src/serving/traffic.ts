import type { EndpointConfig, Variant } from '../platform/ports/endpoints.js';
import type { Predictor } from './predictor.js';
import { badRequest } from './request-error.js';

export interface ServedVariant extends Variant {
  predictor: Predictor;
}

/** What an endpoint serves: one configuration with its models, replaced as a whole. */
export interface Serving {
  config: EndpointConfig;
  variants: ServedVariant[];
}

/**
 * The variant that answers: the one asked for, otherwise by weight. `chance` is in [0, 1).
 * @throws RequestError (400) for a variant that is not there
 */
export function chooseVariant({ variants }: Serving, target: string | undefined, chance: number): ServedVariant {
  if (target !== undefined) {
    const found = variants.find(({ name }) => name === target);
    if (found) return found;
    throw badRequest(`there is no variant ${target}; there are: ${variants.map(({ name }) => name).join(', ')}`);
  }
  const total = variants.reduce((sum, { weight }) => sum + weight, 0);
  let left = chance * total;
  for (const variant of variants) {
    left -= variant.weight;
    if (left < 0) return variant;
  }
  return variants.at(-1)!;
}

/** Who answers what a candidate failed: the variant beside it that gets most of the traffic; nobody for any other variant. */
export function answersInstead({ variants }: Serving, failed: ServedVariant): ServedVariant | undefined {
  if (failed.candidate !== true) return undefined;
  const others = variants.filter((one) => one.candidate !== true);
  return others.reduce<ServedVariant | undefined>(
    (best, one) => (best && best.weight >= one.weight ? best : one),
    undefined,
  );
}
