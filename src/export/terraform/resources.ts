import { expression, type Block, type Value } from './hcl.js';

/** A resource of the stack, by its type and its name. */
export function resource(type: string, name: string, attributes: Block['attributes'], blocks: Block[] = []): Block {
  return { type: 'resource', labels: [type, name], attributes, blocks };
}

const destroyed = expression('var.destroy_data');
const bucket = expression('aws_s3_bucket.data.id');

/** The bucket, which nobody outside reads, and the repository of the image. */
export function storageBlocks(): Block[] {
  return [
    resource('aws_s3_bucket', 'data', { bucket: expression('var.bucket'), force_destroy: destroyed }),
    resource('aws_s3_bucket_versioning', 'data', { bucket }, [
      { type: 'versioning_configuration', attributes: { status: 'Enabled' } },
    ]),
    resource('aws_s3_bucket_server_side_encryption_configuration', 'data', { bucket }, [
      {
        type: 'rule',
        blocks: [{ type: 'apply_server_side_encryption_by_default', attributes: { sse_algorithm: 'AES256' } }],
      },
    ]),
    resource('aws_s3_bucket_public_access_block', 'data', {
      bucket,
      ...{ block_public_acls: true, block_public_policy: true },
      ...{ ignore_public_acls: true, restrict_public_buckets: true },
    }),
  ];
}

export function imageBlocks(repository: string): Block[] {
  const rule = { rulePriority: 1, selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 5 } };
  const policy = { rules: [{ ...rule, action: { type: 'expire' } }] };
  return [
    resource(
      'aws_ecr_repository',
      'image',
      // A version is one image for ever: what was proven is what is served.
      { name: repository, image_tag_mutability: 'IMMUTABLE', force_delete: destroyed },
      [{ type: 'image_scanning_configuration', attributes: { scan_on_push: true } }],
    ),
    resource('aws_ecr_lifecycle_policy', 'image', {
      repository: expression('aws_ecr_repository.image.name'),
      policy: JSON.stringify(policy),
    }),
  ];
}

/** One topic, and whoever was named to be told by it. */
export function notificationBlocks(project: string): Block[] {
  const topic = expression('aws_sns_topic.alerts.arn');
  const named = (variable: string) => expression(`var.${variable} == "" ? 0 : 1`);
  const subscription = (name: string, variable: string, count: Value, protocol: string, extra = {}): Block =>
    resource('aws_sns_topic_subscription', name, {
      ...{ count, topic_arn: topic, protocol, endpoint: expression(`var.${variable}`), ...extra },
    });
  const chatbot = { Effect: 'Allow', Principal: { Service: 'chatbot.amazonaws.com' }, Action: 'sts:AssumeRole' };
  return [
    resource('aws_sns_topic', 'alerts', { name: `${project}-alerts` }),
    subscription('email', 'alert_email', named('alert_email'), 'email'),
    subscription('pagerduty', 'pagerduty_url', expression('nonsensitive(var.pagerduty_url == "") ? 0 : 1'), 'https', {
      endpoint_auto_confirms: true,
    }),
    resource('aws_iam_role', 'slack', {
      count: named('slack_channel_id'),
      name: `${project}-slack`,
      assume_role_policy: JSON.stringify({ Version: '2012-10-17', Statement: [chatbot] }),
    }),
    resource('aws_chatbot_slack_channel_configuration', 'alerts', {
      count: named('slack_channel_id'),
      configuration_name: `${project}-alerts`,
      iam_role_arn: expression('aws_iam_role.slack[0].arn'),
      slack_team_id: expression('var.slack_team_id'),
      slack_channel_id: expression('var.slack_channel_id'),
      sns_topic_arns: [topic],
    }),
  ];
}
