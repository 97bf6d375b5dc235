import type {
  DescribeEndpointConfigOutput,
  ProductionVariant,
  ProductionVariantSummary,
} from '@aws-sdk/client-sagemaker';
import type { EndpointConfig, EndpointInfo, EndpointStatus, Variant } from '../../ports/endpoints.js';
import type { EndpointFacts } from './endpoint-facts.js';
import { fleetOf } from './endpoint-fleet.js';
import { groupOf, modelVersionOf, share } from './endpoint-model-version.js';

/**
 * `config` is what was asked for: the newest configuration, with weights as they are wished now. `serving` is what the
 * endpoint's own description says it serves. Where they differ, `reason` says so: a status of InService alone proves nothing.
 */
export function endpointInfoOf(facts: EndpointFacts, url: string | undefined): Omit<EndpointInfo, 'ours'> {
  const { endpoint, current, pending } = facts;
  const asked = pending ?? current;
  const wished = endpoint.ProductionVariants ?? [];
  const variants = shares(asked.ProductionVariants ?? [], facts, ({ VariantName, InitialVariantWeight }) => {
    const live = pending === undefined ? wished.find((variant) => variant.VariantName === VariantName) : undefined;
    return live?.DesiredWeight ?? InitialVariantWeight ?? 1;
  });
  const config: EndpointConfig = {
    name: endpoint.EndpointName ?? '',
    group: groupOf(asked.ProductionVariants?.[0], facts.models),
    variants,
    capture: captureOf(asked),
  };
  const serving = servingOf(facts);
  const difference = serving && differenceOf(facts, config, serving);
  return {
    name: config.name,
    status: statusOf(endpoint.EndpointStatus),
    url,
    createdAt: endpoint.CreationTime?.toISOString() ?? '',
    config,
    capturedTo: asked.DataCaptureConfig?.DestinationS3Uri,
    instance: asked.ProductionVariants?.[0]?.InstanceType,
    fleet: fleetOf(facts),
    configName: endpoint.EndpointConfigName,
    changedAt: endpoint.LastModifiedTime?.toISOString(),
    serving,
    drift: driftOf(facts, difference),
    reason: endpoint.FailureReason ?? difference,
  };
}

/** SageMaker knows more states than a person needs; what rolls back or is patched is on its way. */
export function statusOf(status: string | undefined): EndpointStatus {
  return statuses[status ?? ''] ?? 'OutOfService';
}

const statuses: Record<string, EndpointStatus> = {
  Creating: 'Creating',
  Updating: 'Updating',
  SystemUpdating: 'Updating',
  RollingBack: 'Updating',
  InService: 'InService',
  Deleting: 'Deleting',
  Failed: 'Failed',
  UpdateRollbackFailed: 'Failed',
  OutOfService: 'OutOfService',
};

function servingOf(facts: EndpointFacts): Variant[] | undefined {
  const { endpoint, current } = facts;
  const live = endpoint.ProductionVariants;
  // Variants may be listed all the same, and answer nobody.
  const { EndpointStatus: status } = endpoint;
  if (live === undefined || status === 'Creating' || status === 'Failed' || statusOf(status) === 'OutOfService')
    return undefined;
  const weightOf = (variant: ProductionVariantSummary) => variant.CurrentWeight ?? 1;
  const total = live.reduce((sum, variant) => sum + weightOf(variant), 0);
  return live.map((variant) => {
    const configured = current.ProductionVariants?.find(({ VariantName }) => VariantName === variant.VariantName);
    const modelVersion = configured ? modelVersionOf(configured, facts.models) : 'unknown';
    return { name: variant.VariantName ?? '', modelVersion, weight: share(weightOf(variant), total) };
  });
}

function shares(
  variants: ProductionVariant[],
  facts: EndpointFacts,
  weightOf: (variant: ProductionVariant) => number,
): Variant[] {
  const total = variants.reduce((sum, variant) => sum + weightOf(variant), 0);
  return variants.map((variant) => ({
    name: variant.VariantName ?? '',
    modelVersion: modelVersionOf(variant, facts.models),
    weight: share(weightOf(variant), total),
  }));
}

function captureOf({ DataCaptureConfig }: DescribeEndpointConfigOutput): number {
  return DataCaptureConfig?.EnableCapture ? (DataCaptureConfig.InitialSamplingPercentage ?? 0) / 100 : 0;
}

/** Why it does not serve what was asked for, as far as SageMaker alone tells it. */
function driftOf({ endpoint }: EndpointFacts, difference: string | undefined): string | undefined {
  const { EndpointStatus: status, FailureReason: why, EndpointConfigName: serves } = endpoint;
  if (status === 'InService' && why !== undefined)
    return `an update was taken back (${why}): still serves configuration ${serves}`;
  return difference;
}

function differenceOf({ endpoint, pending }: EndpointFacts, config: EndpointConfig, serving: Variant[]) {
  const said = (variants: Variant[]) =>
    variants
      .map(({ name, modelVersion, weight }) => `${name} ${modelVersion} ${Math.round(weight * 100)} %`)
      .join(', ');
  const [asked, found] = [said(config.variants), said(serving)];
  if (asked !== found) return `serves ${found}, asked for ${asked}`;
  if (pending?.EndpointConfigName && pending.EndpointConfigName !== endpoint.EndpointConfigName)
    return `serves configuration ${endpoint.EndpointConfigName}, asked for ${pending.EndpointConfigName}`;
  if (endpoint.EndpointStatus === 'UpdateRollbackFailed') return 'an update failed, and so did taking it back';
  return undefined;
}
