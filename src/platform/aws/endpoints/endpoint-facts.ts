import type {
  DescribeEndpointConfigOutput,
  DescribeEndpointOutput,
  DescribeModelOutput,
} from '@aws-sdk/client-sagemaker';

/** What SageMaker says of an endpoint, all of it. */
export interface EndpointFacts {
  endpoint: DescribeEndpointOutput;
  /** The configuration that serves. */
  current: DescribeEndpointConfigOutput;
  /** The one that an update under way leads to. */
  pending?: DescribeEndpointConfigOutput;
  /** By their names; one that was deleted under its endpoint is absent. */
  models: Map<string, DescribeModelOutput>;
}
