import type { ProductionVariant, ProductionVariantSummary } from '@aws-sdk/client-sagemaker';
import type { VariantFleet } from '../../ports/endpoints.js';
import { modelVersionOf, share } from './endpoint-model-version.js';
import type { EndpointFacts } from './endpoint-facts.js';

/** The machines behind each variant, as they are and as they are wished; shadow variants come last. */
export function fleetOf(facts: EndpointFacts): VariantFleet[] | undefined {
  const { endpoint, current } = facts;
  if (endpoint.ProductionVariants === undefined) return undefined;
  return [
    ...variantsOf(facts, endpoint.ProductionVariants, current.ProductionVariants ?? []),
    ...variantsOf(facts, endpoint.ShadowProductionVariants ?? [], current.ShadowProductionVariants ?? []).map(
      (variant) => ({ ...variant, shadow: true }),
    ),
  ];
}

function variantsOf(
  facts: EndpointFacts,
  live: readonly ProductionVariantSummary[],
  configured: readonly ProductionVariant[],
): VariantFleet[] {
  const current = (variant: ProductionVariantSummary) => variant.CurrentWeight ?? 1;
  const desired = (variant: ProductionVariantSummary) => variant.DesiredWeight ?? current(variant);
  const total = (weight: typeof current) => live.reduce((sum, variant) => sum + weight(variant), 0);
  return live.map((variant) => {
    const own = configured.find(({ VariantName }) => VariantName === variant.VariantName);
    return {
      name: variant.VariantName ?? '',
      modelVersion: own === undefined ? 'unknown' : modelVersionOf(own, facts.models),
      weight: share(current(variant), total(current)),
      desiredWeight: share(desired(variant), total(desired)),
      model: own?.ModelName,
      instance: own?.InstanceType,
      instances: variant.CurrentInstanceCount,
      desiredInstances: variant.DesiredInstanceCount,
    };
  });
}
