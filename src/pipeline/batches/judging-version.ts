import { InputError } from '../../common/errors.js';
import { oneOf } from '../../common/nearest.js';
import type { Environment } from '../../platform/ports/environment.js';
import { collect } from '../../platform/ports/pages.js';
import { modelGroupName } from '../../project/names.js';
import type { Project } from '../../project/schema.js';

/**
 * The version that judges: the one that is asked for, else the one that is served.
 * @throws InputError where there is no such version, or none is served
 */
export async function mustHaveVersion(
  { project: { file }, environment }: { project: Pick<Project, 'file'>; environment: Environment },
  asked: string | undefined,
): Promise<string> {
  const group = modelGroupName(file.name);
  if (asked !== undefined) {
    if ((await environment.registry.get(group, asked)) !== undefined) return asked;
    const known = (await collect((page) => environment.registry.list(group, page))).map(({ version }) => version);
    const expected = known.length === 0 ? 'a registered one; there is none yet' : oneOf(asked, known);
    throw new InputError(`--model-version: found "${asked}", expected ${expected}`);
  }
  const { name } = file.endpoint;
  const endpoint = await environment.endpoints.describe(name);
  const served = (endpoint?.serving ?? endpoint?.config.variants)?.[0]?.modelVersion;
  if (served !== undefined) return served;
  throw new InputError(
    `judge: found nothing served by endpoint ${name}, expected a version; run: mlops run, or give --model-version`,
  );
}
