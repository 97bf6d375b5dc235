import { InputError } from '../../common/errors.js';
import { predictsElsewhere } from '../../project/elsewhere.js';
import { deployTarget } from '../deploy-target.js';
import type { StageContext } from '../stage.js';

/** What the endpoint answers with; when it does not answer, what it was asked to serve. */
export async function servedVersion(context: StageContext): Promise<string> {
  if (predictsElsewhere(context.project.file)) {
    const target = await deployTarget(context);
    if (target !== undefined) return target.model.version;
    throw new InputError('monitor: found no reference that predictions could be held against; run: mlops train');
  }
  const { name } = context.project.file.endpoint;
  const endpoint = await context.environment.endpoints.describe(name);
  const variant = endpoint?.serving?.[0] ?? endpoint?.config.variants[0];
  if (variant === undefined) {
    throw new InputError(`monitor: endpoint ${name}: found none, expected one that serves a model; run: mlops deploy`);
  }
  if (endpoint?.serving === undefined) {
    context.report.message(
      'warning',
      `${name} does not answer; judging ${variant.modelVersion}, which it should serve`,
    );
  }
  return variant.modelVersion;
}
