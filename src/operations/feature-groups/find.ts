import { InputError } from '../../common/errors.js';
import type { FeatureGroup } from '../../platform/ports/features.js';
import type { At } from '../operation.js';

/** @throws InputError for a group that is not there */
export async function mustFind({ environment, signal }: At, name: string): Promise<FeatureGroup> {
  const group = await environment.features.describe(name, { signal });
  if (group === undefined) throw new InputError(`feature-group: found no group "${name}" in ${environment.name}`);
  return group;
}
