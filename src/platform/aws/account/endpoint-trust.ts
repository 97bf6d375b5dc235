import { ProjectFileError, RefusedError } from '../../../common/errors.js';
import { endpointUrlProblem, needsTrust } from '../../../project/endpoint-url.js';
import type { AwsEnvironment, Project } from '../../../project/schema.js';
import { projectKey } from '../../permissions/grants.js';
import { isTrusted } from '../../permissions/trust.js';

/**
 * Asked before anything is signed, reading included: a project that somebody else wrote must not have its user's calls
 * sent where it likes. This machine itself is always fine, and so is what the user's own `AWS_ENDPOINT_URL` says.
 * @throws InputError for an address that nothing may be sent to; RefusedError for one that its user did not confirm,
 * saying how
 */
export function mustBeTrusted(project: Project, name: string, { endpointUrl }: AwsEnvironment): void {
  if (endpointUrl === undefined || endpointUrl === process.env.AWS_ENDPOINT_URL) return;
  const problem = endpointUrlProblem(endpointUrl);
  if (problem !== undefined)
    throw new ProjectFileError(`mlops.json: environments.${name}.endpointUrl: ${problem}`, 'mlops.json');
  if (!needsTrust(endpointUrl) || isTrusted({ ...projectKey(project), environment: name }, endpointUrl)) return;
  throw new RefusedError(
    `environment ${name}: mlops.json sends its calls to ${endpointUrl} instead of AWS, signed with your credentials and ` +
      `with your data. Nothing was sent. If you know that place, say so once: mlops env trust ${name} ${endpointUrl}`,
  );
}
