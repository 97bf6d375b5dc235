import type { ProjectFile } from '../../project/schema.js';
import type { Delivery } from '../delivery/served.js';
import { yamlText } from '../delivery/yaml.js';
import { gateWorkflow, promoteWorkflow } from './workflows.js';

const about = 'Written by mlops pipeline export --to github-actions from mlops.json; written again, it is replaced.';

/** The project's gate and its promotion as workflows of GitHub: the same files for the same `mlops.json` and environment. */
export function githubFiles(file: ProjectFile, environment: string): Delivery {
  const region = file.environments[environment]?.region ?? 'us-east-1';
  const at = { name: environment, region };
  const folder = '.github/workflows';
  const readme = `# ${file.name} with GitHub Actions

Copy \`.github/\` into the repository whose root is the project.

- \`${file.name}-gate.yml\`: on a pull request that changes \`mlops.json\` or SQL, the newest verdict by the rules of the request, as
  a comment; the check fails as the gate does. Nothing of the request is run.
- \`${file.name}-promote.yml\`: by hand. The admission gate first; then the release, once the reviewers of the environment
  \`production\` agree. One at a time. A release that fails its watch takes itself back; one that was cut off is taken back.

Say these once, in the repository's settings (none of them is a secret):

| variable | holds |
| --- | --- |
| \`MLOPS_PACKAGE\` | what \`npm install --global\` is given: the package at a version, or the address of a file that \`npm pack\` made |
| \`MLOPS_READ_ROLE\` | ARN of a role with the rights of \`mlops doctor --policy read --env ${environment}\` |
| \`MLOPS_WRITE_ROLE\` | ARN of one with those of \`--policy full\`, which only the environment \`production\` may take on |

Both roles trust \`token.actions.githubusercontent.com\` (OpenID Connect): the first for
\`repo:OWNER/NAME:*\`, the second for \`repo:OWNER/NAME:environment:production\`. No key is kept anywhere. Give the environment
\`production\` its reviewers. \`mlops.json\` needs the environment \`${environment}\`.
`;
  return {
    left: [],
    files: [
      { name: `${folder}/${file.name}-gate.yml`, text: yamlText(gateWorkflow(file, at), about) },
      { name: `${folder}/${file.name}-promote.yml`, text: yamlText(promoteWorkflow(file, at), about) },
      { name: 'README.md', text: readme },
    ],
  };
}
