import type { Environment } from '../../platform/ports/environment.js';
import type { EndpointConfig } from '../../platform/ports/endpoints.js';
import type { Project } from '../../project/schema.js';

/**
 * The project's own routes as a part of what an endpoint is asked to be, by whoever asks. A service of an account
 * answers SageMaker's routes and no others.
 */
export function servedApi(at: { project: Project; environment: Environment }): Pick<EndpointConfig, 'api'> {
  const { api } = at.project.file;
  return at.environment.kind === 'local' && api !== undefined ? { api } : {};
}
