import type { ProjectFile } from '../../project/schema.js';
import { expression, type Block, type Value } from './hcl.js';

interface Input {
  about: string;
  type?: string;
  default?: Value;
  sensitive?: boolean;
}

/** What whoever applies says; no secret has a value here. */
function inputsOf(file: ProjectFile): Record<string, Input> {
  const region = Object.values(file.environments)[0]?.region;
  return {
    region: { about: 'The region of everything.', default: region ?? 'us-east-1' },
    bucket: { about: 'Name of the bucket, which nobody else in the world has.' },
    model_data_url: {
      about: 'The model: s3://BUCKET/artifacts/models/v1/model.tar.gz. Empty: nothing is served yet.',
      default: '',
    },
    image_tag: { about: 'The version of the image in the repository that is made here.', default: 'v1' },
    log_retention_days: { about: 'Days after which logs go.', type: 'number', default: 14 },
    alert_email: { about: 'Who is told by mail; empty: nobody.', default: '' },
    slack_team_id: { about: 'The workspace of Slack, let in by AWS Chatbot before; empty: none.', default: '' },
    slack_channel_id: { about: 'The channel there.', default: '' },
    pagerduty_url: {
      about: 'Address of the integration "Amazon CloudWatch" of a PagerDuty service, with its key; empty: none.',
      default: '',
      sensitive: true,
    },
    destroy_data: {
      about: 'Whether terraform destroy also deletes what lies in bucket and repository.',
      type: 'bool',
      default: false,
    },
  };
}

export function variableBlocks(file: ProjectFile): Block[] {
  return Object.entries(inputsOf(file)).map(([name, { about, type = 'string', default: usual, sensitive }]) => ({
    ...{ type: 'variable', labels: [name] },
    attributes: { description: about, type: expression(type), default: usual, sensitive },
  }));
}

/** Which Terraform and which provider, and what all resources carry. */
export function versionBlocks(file: ProjectFile): Block[] {
  const aws: Value = { source: 'hashicorp/aws', version: '~> 5.80' };
  return [
    {
      type: 'terraform',
      attributes: { required_version: '>= 1.5' },
      blocks: [{ type: 'required_providers', attributes: { aws } }],
    },
    {
      ...{ type: 'provider', labels: ['aws'] },
      attributes: { region: expression('var.region') },
      blocks: [{ type: 'default_tags', attributes: { tags: { Project: file.name, ManagedBy: 'Terraform' } } }],
    },
    { type: 'data', labels: ['aws_caller_identity', 'current'] },
    { type: 'data', labels: ['aws_partition', 'current'] },
  ];
}
