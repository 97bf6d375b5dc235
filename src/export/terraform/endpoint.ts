import { keys } from '../../documents/keys.js';
import type { ProjectFile } from '../../project/schema.js';
import { expression, type Block, type Value } from './hcl.js';
import { resource } from './resources.js';

const isServed = expression('var.model_data_url == "" ? 0 : 1');

/** The role that the endpoint has: its model, what it captures, its image, its log; nothing else. */
export function roleBlocks(file: ProjectFile): Block[] {
  const bucket = 'aws_s3_bucket.data.arn';
  const below = (prefix: string): Value => expression(`"\${${bucket}}/${prefix}*"`);
  const allow = (actions: string[], resources: Value[], blocks: Block[] = []): Block => ({
    ...{ type: 'statement', attributes: { actions, resources }, blocks },
  });
  const pull = ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
  return [
    {
      ...{ type: 'data', labels: ['aws_iam_policy_document', 'assume'] },
      blocks: [
        {
          type: 'statement',
          attributes: { actions: ['sts:AssumeRole'] },
          blocks: [
            { type: 'principals', attributes: { type: 'Service', identifiers: ['sagemaker.amazonaws.com'] } },
            // SageMaker may take it on for this account alone.
            {
              type: 'condition',
              attributes: {
                ...{ test: 'StringEquals', variable: 'aws:SourceAccount' },
                values: [expression('data.aws_caller_identity.current.account_id')],
              },
            },
          ],
        },
      ],
    },
    {
      ...{ type: 'data', labels: ['aws_iam_policy_document', 'endpoint'] },
      blocks: [
        allow(['s3:GetObject'], [below('artifacts/')]),
        allow(['s3:PutObject'], [below(keys.captures)]),
        allow(['ecr:GetAuthorizationToken'], ['*']),
        allow(pull, [expression('aws_ecr_repository.image.arn')]),
        allow(
          ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
          [expression('"${aws_cloudwatch_log_group.endpoint.arn}:*"')],
        ),
        allow(
          ['cloudwatch:PutMetricData'],
          ['*'],
          [
            {
              type: 'condition',
              attributes: {
                ...{ test: 'StringEquals', variable: 'cloudwatch:namespace' },
                values: ['AWS/SageMaker', '/aws/sagemaker/Endpoints'],
              },
            },
          ],
        ),
      ],
    },
    resource('aws_iam_role', 'endpoint', {
      name: `${file.name}-endpoint`,
      assume_role_policy: expression('data.aws_iam_policy_document.assume.json'),
    }),
    resource('aws_iam_role_policy', 'endpoint', {
      name: 'serve',
      role: expression('aws_iam_role.endpoint.id'),
      policy: expression('data.aws_iam_policy_document.endpoint.json'),
    }),
  ];
}

/** Model, configuration and endpoint; a configuration is never changed, a new one takes its place without a gap. */
export function servingBlocks({ endpoint: { name, instance, capture } }: ProjectFile): Block[] {
  const variant = { variant_name: 'AllTraffic', initial_instance_count: 1, instance_type: instance };
  const model = expression('aws_sagemaker_model.served[0].name');
  const lasting: Block = { type: 'lifecycle', attributes: { create_before_destroy: true } };
  const captured: Block = {
    type: 'data_capture_config',
    attributes: {
      enable_capture: true,
      initial_sampling_percentage: Math.round(capture * 100),
      destination_s3_uri: expression(`"s3://\${aws_s3_bucket.data.id}/${keys.captures.replace(/\/$/, '')}"`),
    },
    blocks: [
      { type: 'capture_options', attributes: { capture_mode: 'InputAndOutput' } },
      {
        type: 'capture_content_type_header',
        attributes: { csv_content_types: ['text/csv'], json_content_types: ['application/json'] },
      },
    ],
  };
  const suffix = 'substr(sha256("${var.model_data_url} ${var.image_tag}"), 0, 8)';
  return [
    resource('aws_cloudwatch_log_group', 'endpoint', {
      name: `/aws/sagemaker/Endpoints/${name}`,
      retention_in_days: expression('var.log_retention_days'),
    }),
    resource(
      'aws_sagemaker_model',
      'served',
      {
        count: isServed,
        name: expression(`"${name}-\${${suffix}}"`),
        execution_role_arn: expression('aws_iam_role.endpoint.arn'),
      },
      [
        {
          type: 'primary_container',
          attributes: {
            image: expression('"${aws_ecr_repository.image.repository_url}:${var.image_tag}"'),
            model_data_url: expression('var.model_data_url'),
            environment: { MLOPS_ENDPOINT: name },
          },
        },
        lasting,
      ],
    ),
    resource(
      'aws_sagemaker_endpoint_configuration',
      'served',
      { count: isServed, name_prefix: `${name}-`.slice(0, 37) },
      [
        { type: 'production_variants', attributes: { ...variant, model_name: model } },
        ...(Math.round(capture * 100) > 0 ? [captured] : []),
        lasting,
      ],
    ),
    resource('aws_sagemaker_endpoint', 'served', {
      count: isServed,
      name,
      endpoint_config_name: expression('aws_sagemaker_endpoint_configuration.served[0].name'),
    }),
  ];
}
