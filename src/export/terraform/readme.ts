import type { ProjectFile } from '../../project/schema.js';
import { leftOut } from '../delivery/readme.js';
import type { Delivery } from '../delivery/served.js';

export function terraformReadme(file: ProjectFile, left: Delivery['left']): string {
  return `# ${file.name} in an AWS account by Terraform

A bucket, a repository for the image, a role with the rights that serving needs, the endpoint, its log, the alarms and the
dashboard of \`mlops.json\`, and a topic that tells by mail, Slack or PagerDuty. Needs Terraform 1.5.

## Start

First what the model and the image are brought to, then what serves them:

\`\`\`sh
terraform init
terraform apply -var bucket=NAME
REPOSITORY="$(terraform output -raw ecr_repository_url)"
docker tag IMAGE "$REPOSITORY:v1" && docker push "$REPOSITORY:v1"      # IMAGE: see "The image" in docs/JOBS.md
aws s3 cp model.tar.gz s3://NAME/artifacts/models/v1/model.tar.gz      # of: mlops bucket get artifacts/models/v1/model.tar.gz model.tar.gz
terraform apply -var bucket=NAME -var model_data_url=s3://NAME/artifacts/models/v1/model.tar.gz
\`\`\`

Who is told: \`alert_email\`, \`slack_team_id\` with \`slack_channel_id\`, \`pagerduty_url\`. The last one carries a key: say it by the
variable \`TF_VAR_pagerduty_url\`, and keep the state where only those read it who may know it.

## A new version, and back

Apply with another \`model_data_url\`. A new model and configuration are made, the endpoint takes them over without a gap, then the
old ones go. Going back is applying with the old address.

## Terraform or mlops, not both

What stands here is Terraform's: it carries no tag of the project, so that \`mlops apply\`, \`release\` and \`cleanup\` leave it alone.
The alarms have the names that \`mlops apply\` would give them; use one of the two. \`mlops monitor\` reads this endpoint's capture once
an environment of \`mlops.json\` names the bucket.

## The end

\`\`\`sh
terraform apply -var bucket=NAME -var destroy_data=true && terraform destroy -var bucket=NAME -var destroy_data=true
\`\`\`

Without \`destroy_data\` the bucket and the repository stay as long as something lies in them, and \`destroy\` says so.

${leftOut(left, 'Every alarm of `mlops.json` is in `alarms.tf`.')}
`;
}
