import { releaseWay } from '../../project/endpoints.js';
import type { ProjectFile } from '../../project/schema.js';

/** Actions of others, each at a version. */
const uses = {
  checkout: 'actions/checkout@v4.2.2',
  node: 'actions/setup-node@v4.4.0',
  aws: 'aws-actions/configure-aws-credentials@v4.1.0',
} as const;

/** What a job needs before it asks: the project, the command, a role for minutes by OpenID Connect. */
function ready(region: string, role: string) {
  return [
    { uses: uses.checkout, with: { 'persist-credentials': false } },
    { uses: uses.node, with: { 'node-version': '22' } },
    {
      name: 'Install mlops',
      // A variable, never a part of the script: what it holds is a word, not a command.
      run: 'npm install --global --ignore-scripts "$PACKAGE"',
      env: { PACKAGE: '${{ vars.MLOPS_PACKAGE }}' },
    },
    {
      uses: uses.aws,
      with: { 'role-to-assume': `\${{ vars.${role} }}`, 'aws-region': region, 'role-duration-seconds': 3600 },
    },
  ];
}

export interface Environment {
  name: string;
  region: string;
}

/** On a pull request: the newest verdict by the rules of the request, as a comment; the check fails as the gate does. */
export function gateWorkflow(file: ProjectFile, { name, region }: Environment): object {
  return {
    name: `${file.name}: gate`,
    on: { pull_request: { paths: ['**/mlops.json', '**/*.sql'] } },
    // A newer push makes the answer to an older one idle.
    concurrency: { group: `${file.name}-gate-\${{ github.ref }}`, 'cancel-in-progress': true },
    permissions: {},
    jobs: {
      gate: {
        'runs-on': 'ubuntu-24.04',
        'timeout-minutes': 15,
        // From a fork there is no role, and must be none.
        if: 'github.event.pull_request.head.repo.full_name == github.repository',
        permissions: { contents: 'read', 'id-token': 'write', 'pull-requests': 'write' },
        steps: [
          ...ready(region, 'MLOPS_READ_ROLE'),
          {
            name: 'Judge',
            id: 'gate',
            run: `code=0\nmlops gate --env ${name} --format markdown > verdict.md || code=$?\necho "code=$code" >> "$GITHUB_OUTPUT"\ncat verdict.md >> "$GITHUB_STEP_SUMMARY"\n`,
          },
          {
            name: 'Comment',
            run: 'gh pr comment "$NUMBER" --repo "$GITHUB_REPOSITORY" --edit-last --create-if-none --body-file verdict.md',
            env: { GH_TOKEN: '${{ github.token }}', NUMBER: '${{ github.event.pull_request.number }}' },
          },
          { name: 'Verdict', run: 'exit "$CODE"', env: { CODE: '${{ steps.gate.outputs.code }}' } },
        ],
      },
    },
  };
}

/** By hand: the admission gate first, then, once the environment's reviewers agree, the release; what breaks is taken back. */
export function promoteWorkflow(file: ProjectFile, { name, region }: Environment): object {
  const endpoint = releaseWay(file).to.name;
  const job = {
    'runs-on': 'ubuntu-24.04',
    permissions: { contents: 'read', 'id-token': 'write' },
  };
  return {
    name: `${file.name}: promote`,
    on: {
      workflow_dispatch: {
        inputs: {
          version: { description: 'The version, such as v4; the newest approved one without it', type: 'string' },
          reason: { description: 'Why, for the ledger', required: true, type: 'string' },
        },
      },
    },
    // One at a time, and none is cut off halfway.
    concurrency: { group: `${file.name}-promote`, 'cancel-in-progress': false },
    permissions: {},
    jobs: {
      gate: {
        ...job,
        'timeout-minutes': 15,
        steps: [
          ...ready(region, 'MLOPS_READ_ROLE'),
          {
            name: 'Admission gate',
            run: `mlops release admit --env ${name} | tee -a "$GITHUB_STEP_SUMMARY"`,
            shell: 'bash',
          },
        ],
      },
      promote: {
        ...job,
        needs: 'gate',
        environment: 'production',
        'timeout-minutes': 180,
        steps: [
          ...ready(region, 'MLOPS_WRITE_ROLE'),
          {
            name: 'Release',
            run: `mlops env write ${name} --on\nmlops release start \${VERSION:+"$VERSION"} --reason "$REASON" --env ${name} --yes --confirm ${endpoint}\n`,
            env: { VERSION: '${{ inputs.version }}', REASON: '${{ inputs.reason }}' },
          },
          {
            name: 'Take back',
            // A step that fails its watch is taken back by the release itself; this is for a job that was cut off.
            if: 'failure() || cancelled()',
            'continue-on-error': true,
            run: `mlops release stop --reason "run $GITHUB_RUN_ID ended early" --env ${name} --yes --confirm ${endpoint}`,
          },
          {
            name: 'What serves now',
            if: 'always()',
            run: `mlops release status --env ${name} | tee -a "$GITHUB_STEP_SUMMARY"`,
            shell: 'bash',
          },
        ],
      },
    },
  };
}
