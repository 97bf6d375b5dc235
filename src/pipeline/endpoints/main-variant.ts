import type { Variant } from '../../platform/ports/endpoints.js';

/** The variant that gets most of the traffic: the first of those that get as much. */
export function mainVariant(variants: readonly Variant[]): Variant | undefined {
  return variants.reduce<Variant | undefined>(
    (best, variant) => (best === undefined || variant.weight > best.weight ? variant : best),
    undefined,
  );
}
