import { InputError, RefusedError } from '../../common/errors.js';
import type { Intent } from '../../platform/ports/intents.js';
import type { CallOptions } from '../../platform/ports/calls.js';
import type { Environment } from '../../platform/ports/environment.js';

/**
 * Asked before the first write: everything that is known to stop it half-way is said at once.
 * @throws RefusedError when it would change what is somebody else's, InputError when something has to be set first
 */
export async function mustBeReady(
  { cloud }: Pick<Environment, 'cloud'>,
  intent: Intent,
  options: CallOptions = {},
): Promise<void> {
  if (cloud === undefined || Object.keys(intent).length === 0) return;
  const found = await cloud.intents.obstacles(intent, options);
  if (found.length === 0) return;
  const [first] = found;
  const text =
    found.length === 1
      ? first!.text
      : [
          `nothing was changed, for ${found.length} things stand in the way:`,
          ...found.map(({ text: one }) => `- ${one}`),
        ];
  throw found.some(({ kind }) => kind === 'others') ? new RefusedError(text) : new InputError(text);
}
