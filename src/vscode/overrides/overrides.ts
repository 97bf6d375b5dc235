import type { Override } from '../../documents/ledger.js';
import { perform } from '../session/perform.js';
import type { Session } from '../session/session.js';
import { resetSetting } from '../settings.js';
import type { Snapshots } from '../snapshot.js';

export const overrideNames = ['forceRetrain', 'forceSkipRetrain'] as const satisfies Override['name'][];

export interface Overrides {
  set: (name: Override['name'], reason: string, expiresAt: string | null) => Promise<void>;
  /** Clears the document only; the setting says something else. */
  clear: (name: Override['name'], reason: string) => Promise<void>;
  /** Clears document and setting, so that neither brings the other back. */
  clearBoth: (name: Override['name'], reason: string) => Promise<void>;
}

/** Overrides are kept in one document of the environment, with an entry in the ledger for each change. */
export function makeOverrides(session: Session, snapshots: Snapshots): Overrides {
  const clear = async (name: Override['name'], reason: string) => {
    const current = session.requireWritable(`clear override ${name}`);
    const { clearOverride } = await import('../project-work.js');
    await perform(current, clearOverride, { name, reason }, `Clearing ${name}`);
    await snapshots.refresh();
  };
  return {
    async set(name, reason, expiresAt) {
      const current = session.requireWritable(`set override ${name}`);
      const { setOverride } = await import('../project-work.js');
      await perform(current, setOverride, { name, reason, expiresAt }, `Setting ${name}`);
      await snapshots.refresh();
    },
    clear,
    async clearBoth(name, reason) {
      await clear(name, reason);
      await resetSetting(name);
    },
  };
}
