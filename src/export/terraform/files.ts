import { askedAlarms } from '../../alarms/asked-alarms.js';
import type { ProjectFile } from '../../project/schema.js';
import { endpointDashboard } from '../dashboard.js';
import { closedRoutes, platformName, type Delivery, type Served } from '../delivery/served.js';
import type { ExportedFile } from '../exported-file.js';
import { alarmBlocks } from './alarm-blocks.js';
import { roleBlocks, servingBlocks } from './endpoint.js';
import { expression, hclFile, type Block } from './hcl.js';
import { variableBlocks, versionBlocks } from './inputs.js';
import { terraformReadme } from './readme.js';
import { imageBlocks, notificationBlocks, resource, storageBlocks } from './resources.js';

const about = 'Written by mlops export terraform from mlops.json; written again, it is replaced.';

/** The project's place in an AWS account as Terraform makes it: the same files for the same `mlops.json`. */
export function terraformFiles({ file }: Served): Delivery {
  const asked = askedAlarms(file);
  const left = closedRoutes(file);
  const files: [string, Block[]][] = [
    ['versions.tf', versionBlocks(file)],
    ['variables.tf', variableBlocks(file)],
    ['storage.tf', storageBlocks()],
    ['image.tf', imageBlocks(platformName(file.name))],
    ['roles.tf', roleBlocks(file)],
    ['serving.tf', servingBlocks(file)],
    ['alarms.tf', alarmBlocks(file, asked)],
    ['notifications.tf', notificationBlocks(file.name)],
    ['dashboard.tf', dashboardBlocks(file)],
    ['outputs.tf', outputBlocks()],
  ];
  return {
    left,
    files: [
      ...files.map(([name, blocks]): ExportedFile => ({ name, text: hclFile(about, blocks) })),
      { name: 'dashboard.json.tftpl', text: dashboardTemplate(file) },
      { name: '.gitignore', text: '.terraform/\n*.tfstate*\n*.tfvars\n' },
      { name: 'README.md', text: terraformReadme(file, left) },
    ],
  };
}

function dashboardBlocks(file: ProjectFile): Block[] {
  const body =
    'templatefile("${path.module}/dashboard.json.tftpl", { region = var.region, account = data.aws_caller_identity.current.account_id, partition = data.aws_partition.current.partition })';
  return [
    resource('aws_cloudwatch_dashboard', 'endpoint', {
      dashboard_name: `${file.name}-terraform-endpoint-${file.endpoint.name}`,
      dashboard_body: expression(body),
    }),
  ];
}

/** The same widgets that `mlops apply` makes; where they are is known once they are made. */
function dashboardTemplate(file: ProjectFile): string {
  const place = { environment: 'terraform', region: 'MLOPS_REGION', account: 'MLOPS_ACCOUNT' };
  const alarms = askedAlarms(file).map(({ alarm }) => alarm);
  const body = `${JSON.stringify(endpointDashboard(file, alarms, place), null, 2)}\n`;
  return body
    .replaceAll('${', () => '$${')
    .replaceAll('%{', '%%{')
    .replaceAll('arn:aws:cloudwatch:', 'arn:${partition}:cloudwatch:')
    .replaceAll('MLOPS_REGION', '${region}')
    .replaceAll('MLOPS_ACCOUNT', '${account}');
}

function outputBlocks(): Block[] {
  const output = (name: string, value: string, description: string): Block => ({
    ...{ type: 'output', labels: [name], attributes: { description, value: expression(value) } },
  });
  return [
    output('bucket', 'aws_s3_bucket.data.id', 'For "bucket" of the environment in mlops.json.'),
    output('role', 'aws_iam_role.endpoint.arn', 'The role that the endpoint has.'),
    output('ecr_repository_url', 'aws_ecr_repository.image.repository_url', 'Where the image is pushed to.'),
    output('endpoint', 'one(aws_sagemaker_endpoint.served[*].name)', 'What is asked; null before there is a model.'),
    output('sns_topic_arn', 'aws_sns_topic.alerts.arn', 'Who subscribes to it is told of alarms.'),
    output('dashboard', 'aws_cloudwatch_dashboard.endpoint.dashboard_name', 'The dashboard in CloudWatch.'),
  ];
}
