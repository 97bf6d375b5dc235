import { messageOf } from '../../common/errors.js';
import { keys } from '../../documents/keys.js';
import type { Project } from '../../project/schema.js';
import { projectKey, readGrants } from '../permissions/grants.js';
import type { HeldLease } from './storage/lease-writer.js';
import { guard } from '../permissions/guard.js';
import { isOf } from '../permissions/user-file.js';
import { auditOf } from './account/audit.js';
import type { Gatekeeper } from './account/clients.js';
import type { Call } from './account/explain.js';
import type { Identity } from './account/identity.js';
import { whereOf, type AwsSettings } from './account/settings.js';

export interface WriteGate extends Gatekeeper {
  /** Why nothing may be written now; undefined when it may. Read anew each time. */
  readOnlyBecause(): string | undefined;
  /** @throws RefusedError while writing is off */
  ask(purpose: string): void;
}

/** Who allows writing to an environment, besides the user's own file. */
export interface WriteSettings {
  /** Entries of the user's editor setting: `prod`, or `prod@123456789012` for one account alone. */
  allowed: () => readonly string[];
  /** Is told what must not be lost where it cannot be noted. */
  tell: (text: string) => void;
  /** @throws RefusedError when what a call would change is somebody else's */
  property: (call: Call) => Promise<void>;
}

/**
 * The guard of one AWS environment. It is asked when a writer is handed out, and again before each single call that
 * changes something: by then the account is known, and what was turned off meanwhile is off.
 * `held` is asked too: who lost the lease that it works under must not write on. Giving back the lease that is held is
 * always allowed: it ends writing, and nobody else could begin.
 */
export function writeGate(
  settings: AwsSettings,
  project: Project,
  identity: () => Identity,
  { allowed, tell, property }: WriteSettings,
  held: HeldLease,
): WriteGate {
  const audit = auditOf(project.folder, settings.name, tell);
  const readOnlyBecause = () => whyReadOnly(settings, project, identity().known()?.account, allowed());
  const ask = (purpose: string) => {
    const where = whereOf(settings, identity().known()?.account);
    guard({ name: settings.name, kind: 'aws', where, readOnlyBecause: readOnlyBecause() }, purpose);
  };
  return {
    readOnlyBecause,
    ask,
    async before(call) {
      if (givesBack(call, held)) return;
      // Closed for sure: then not even the account is asked for.
      ask(call.operation);
      await identity().ask();
      ask(call.operation);
      if (renews(call, held)) return;
      await property(call);
      if (isLease(call)) return;
      await held.check();
      await audit.mustBeComplete();
    },
    async after(call, answer) {
      const caller = identity().known();
      if (caller !== undefined && !isRoutine(call)) await audit.add(call, caller, answer);
    },
  };
}

/** The user's file or the user's setting turns writing on; the project can only forbid it. */
function whyReadOnly(
  { name, writeForbidden }: AwsSettings,
  project: Project,
  account: string | undefined,
  allowed: readonly string[],
): string | undefined {
  if (writeForbidden) return `mlops.json forbids writing to it (environments.${name}.write is false).`;
  if (allowed.includes(name) || (account !== undefined && allowed.includes(`${name}@${account}`))) return undefined;
  try {
    const which = { ...projectKey(project), environment: name };
    const granted = readGrants().filter((grant) => isOf(grant, which));
    if (granted.some((grant) => account === undefined || grant.account === account)) return undefined;
    if (granted.length > 0)
      return `Writing was turned on for account ${granted.map((grant) => grant.account).join(', ')}, and these credentials are of ${account}. Turn it on here with: mlops env write ${name}`;
  } catch (error) {
    return messageOf(error);
  }
  // An entry for one account may turn out to be this one.
  if (account === undefined && allowed.some((entry) => entry.startsWith(`${name}@`))) return undefined;
  return `Writing is off until its user turns it on: mlops env write ${name}`;
}

/** Deleting the lease's object while it is still what this process wrote. */
function givesBack(call: Call, held: HeldLease): boolean {
  const { IfMatch } = call.input as { IfMatch?: unknown };
  const isIt = isLease(call) && held.etag !== undefined && IfMatch === held.etag;
  return call.operation === 'DeleteObject' && held.isReleasing === true && isIt;
}

/** The lease's object as this process wrote it last. */
function renews(call: Call, held: HeldLease): boolean {
  const { IfMatch } = call.input as { IfMatch?: unknown };
  return call.operation === 'PutObject' && isLease(call) && held.etag !== undefined && IfMatch === held.etag;
}

function isLease({ input }: Call): boolean {
  return (input as { Key?: unknown }).Key === keys.lease;
}

/** What would fill the audit without saying more: a lease that is renewed, the parts between an upload's begin and end. */
function isRoutine(call: Call): boolean {
  return (
    call.operation === 'UploadPart' || (isLease(call) && (call.input as { IfMatch?: unknown }).IfMatch !== undefined)
  );
}
