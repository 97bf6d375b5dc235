import type { CallOptions } from '../../ports/calls.js';
import type { Clients } from './clients.js';
import type { Credentials } from './credentials.js';

/** Whose credentials are in use. */
export interface Caller {
  account: string;
  arn: string;
}
export interface Identity {
  ask(options?: CallOptions): Promise<Caller>;
  /** What the last answer was. */
  known(): Caller | undefined;
}

/** Asks AWS whose credentials these are. An answer is kept for as long as the credentials are the same. */
export function identityOf(clients: () => Clients, credentials: Credentials): Identity {
  let kept: { key: string; caller: Caller } | undefined;
  return {
    known: () => kept?.caller,
    async ask({ signal } = {}) {
      // Without credentials the call itself says, in its own words, what is missing.
      const key = await credentials().then(
        ({ accessKeyId, sessionToken = '' }) => `${accessKeyId} ${sessionToken}`,
        () => '',
      );
      if (kept?.key === key) return kept.caller;
      const sts = await clients().sts();
      const { Account = '', Arn = '' } = await sts.getCallerIdentity({}, { abortSignal: signal });
      const caller = { account: Account, arn: Arn };
      kept = { key, caller };
      return caller;
    },
  };
}
