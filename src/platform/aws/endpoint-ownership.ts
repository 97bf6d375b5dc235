import { readEndpointState } from './endpoint-state.js';
import { describeRaw } from './endpoint-wait.js';
import type { S3Reader } from './objects.js';
import { mustBeOurs, mustNotBeOthers } from './ownership.js';
import type { Account } from './place.js';

/**
 * An endpoint that others deployed, who know nothing of us, may be taken over by deploying to it.
 * @throws RefusedError for one of another project or environment
 */
export async function mayBeDeployedTo(account: Account, name: string, signal?: AbortSignal): Promise<void> {
  const arn = (await describeRaw(account, name, signal))?.EndpointArn;
  if (arn !== undefined) await mustNotBeOthers(account, { kind: 'endpoint', name, arn }, signal);
}

/**
 * Only what is the project's is stopped, scaled or deleted: the endpoint of mlops.json, one that was deployed from here,
 * or one that carries our tags.
 * @throws RefusedError for any other
 */
export async function mayBeEnded(account: Account, read: S3Reader, name: string, signal?: AbortSignal): Promise<void> {
  await mayBeDeployedTo(account, name, signal);
  if (name === account.project.file.endpoint.name) return;
  if ((await readEndpointState(account.settings, read, name, { signal })) !== undefined) return;
  const arn = (await describeRaw(account, name, signal))?.EndpointArn;
  if (arn !== undefined) await mustBeOurs(account, { kind: 'endpoint', name, arn }, signal);
}
