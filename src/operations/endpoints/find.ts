import { InputError } from '../../common/errors.js';
import type { EndpointInfo } from '../../platform/ports/endpoints.js';
import type { At } from '../operation.js';

/** The endpoint of that name, asked what it serves. @throws InputError for one that is not there */
export async function mustFind({ environment, signal }: At, name: string): Promise<EndpointInfo> {
  const endpoint = await environment.endpoints.describe(name, { signal });
  if (endpoint !== undefined) return endpoint;
  throw new InputError(`endpoint: found none named "${name}" in ${environment.name}; see: mlops endpoint list`);
}

export async function mustBeThere(at: At, { name }: Named): Promise<void> {
  await mustFind(at, name);
}

export interface Named {
  name: string;
}
