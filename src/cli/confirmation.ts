import { RefusedError } from '../common/errors.js';
import { confirmName, type Destruction } from '../platform/permissions/guard.js';
import type { Environment } from '../platform/ports/environment.js';
import type { GlobalFlags } from './context.js';
import type { Lines } from './terminal.js';

/** How a person is asked; absent where nobody can be. */
export type Ask = (question: Lines) => Promise<string>;

/**
 * Before something is destroyed: in an account its name is typed, with account and region in sight, or given by
 * `--yes --confirm NAME`; on this machine a person says yes where the operation wants that.
 * @throws RefusedError when it was not confirmed
 */
export async function confirmDestruction(
  environment: Environment,
  { what, resource, askLocally }: Destruction,
  { yes, confirm }: Pick<GlobalFlags, 'yes' | 'confirm'>,
  ask: Ask | undefined,
): Promise<void> {
  const { name, kind, region, profile } = environment;
  if (kind === 'local') {
    if (askLocally === undefined || yes) return;
    if (ask === undefined && askLocally === 'a person') return;
    if (ask === undefined) throw new RefusedError(`${what}: nothing was changed, for nobody confirmed it; add: --yes`);
    if (/^y(es)?$/i.test(await ask(`${what}? [y/N] `))) return;
    throw new RefusedError(`not confirmed, so nothing was changed: ${what}`);
  }
  const account = await environment.account?.();
  const known = [region, profile && `profile ${profile}`, account && `account ${account}`];
  const where = known.filter(Boolean).join(', ');
  const byFlags = yes ? confirm : undefined;
  const typed =
    byFlags ?? (ask && (await ask([`${what}, in environment ${name} (${where})`, 'Type its name to go on: '])));
  confirmName({ name, kind, where }, { what, resource }, typed);
}
