import type {
  CreateEndpointConfigInput,
  DescribeEndpointConfigOutput,
  DescribeEndpointOutput,
  ProductionVariantInstanceType,
} from '@aws-sdk/client-sagemaker';
import { InputError } from '../../../common/errors.js';
import { keys } from '../../../documents/keys.js';
import type { EndpointConfig } from '../../ports/endpoints.js';
import { endpointNamed } from '../../../project/endpoints.js';
import { resourceName, shortHash, timeStamp } from '../ownership/names.js';
import { bucketOf } from '../storage/objects.js';
import type { Account } from '../account/place.js';
import { tagsOf } from '../ownership/tags.js';

/** Tells the configurations that were made for an endpoint from those whose names only begin like it. */
export const endpointTag = 'mlops:endpoint';

/**
 * A configuration of its own name for each time: the one in use never changes and is never deleted.
 * @throws InputError for a shadow variant, which is for this machine alone
 */
export function configRequest(
  account: Account,
  config: EndpointConfig,
  models: Map<string, string>,
  now: Date,
  there?: DescribeEndpointOutput,
): CreateEndpointConfigInput {
  // As one of the others it would answer callers.
  const shadow = config.variants.find((variant) => variant.shadow === true);
  if (shadow)
    throw new InputError(`endpoint ${config.name}: found shadow variant ${shadow.name}, expected none in an account`);
  // A new variant may come to have all of the traffic, which so many machines served until now.
  const machines = (there?.ProductionVariants ?? []).map(({ CurrentInstanceCount = 1 }) => CurrentInstanceCount);
  const ProductionVariants = config.variants.map(({ name, modelVersion, weight }) => ({
    VariantName: name,
    ModelName: models.get(modelVersion),
    InitialVariantWeight: weight,
    InitialInstanceCount: Math.max(1, ...machines),
    InstanceType: endpointNamed(account.project.file, config.name).instance as ProductionVariantInstanceType,
  }));
  return {
    EndpointConfigName: resourceName([config.name], `${timeStamp(now)}-${shortHash([config, now.getTime()])}`),
    ProductionVariants,
    DataCaptureConfig: config.capture > 0 ? captureRequest(account, config) : undefined,
    Tags: [...tagsOf(account), { Key: endpointTag, Value: config.name }],
  };
}

/** SageMaker adds endpoint, variant and hour to the destination by itself, and samples in whole percents. */
function captureRequest(account: Account, { name, capture }: EndpointConfig) {
  const folder = keys.capture(name).slice(0, -`/${name}/`.length);
  return {
    EnableCapture: true,
    InitialSamplingPercentage: Math.max(1, Math.round(capture * 100)),
    DestinationS3Uri: `s3://${bucketOf(account)}/${folder}`,
    CaptureOptions: [{ CaptureMode: 'Input' as const }, { CaptureMode: 'Output' as const }],
    CaptureContentTypeHeader: { CsvContentTypes: ['text/csv'], JsonContentTypes: ['application/json'] },
  };
}

/** Whether two configurations differ in weights alone, which an endpoint changes without new machines. */
export function differsInWeightsOnly(wanted: CreateEndpointConfigInput, there: DescribeEndpointConfigOutput): boolean {
  const text = ({ ProductionVariants, DataCaptureConfig }: CreateEndpointConfigInput | DescribeEndpointConfigOutput) =>
    JSON.stringify([
      ProductionVariants?.map(({ VariantName, ModelName, InstanceType }) => [VariantName, ModelName, InstanceType]),
      DataCaptureConfig?.EnableCapture
        ? [DataCaptureConfig.InitialSamplingPercentage, DataCaptureConfig.DestinationS3Uri]
        : null,
    ]);
  return text(wanted) === text(there);
}
