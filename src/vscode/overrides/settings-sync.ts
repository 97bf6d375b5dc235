import * as vscode from 'vscode';
import type { Override } from '../../documents/ledger.js';
import { explicitSetting, onSettingChange, readSetting, resetSetting } from '../settings.js';
import type { Session } from '../session/session.js';
import type { Snapshots } from '../snapshot.js';
import { overrideNames, type Overrides } from './overrides.js';

export interface SettingsSync extends vscode.Disposable {
  /** Overrides whose setting says something else than the environment, as the window found them. */
  readonly differing: readonly Override['name'][];
  readonly onChange: vscode.Event<void>;
  /** Makes the environment say what the settings say. */
  apply: () => Promise<void>;
  /** Removes the settings that differ. */
  reset: () => Promise<void>;
}

const reason = 'set in settings';

/**
 * A setting that somebody changes while the window is open writes through to the environment. One that differs when
 * the window opens may come with a cloned project or be old: it is offered, and never applied by itself.
 */
export function syncSettings(
  session: Session,
  snapshots: Snapshots,
  overrides: Overrides,
  onError: (error: unknown) => void,
): SettingsSync {
  const changed = new vscode.EventEmitter<void>();
  let differing: Override['name'][] = [];
  let known = valuesNow();
  let compared: unknown;

  const tell = (next: Override['name'][]) => {
    if (next.join() === differing.join()) return;
    differing = next;
    changed.fire();
  };
  const write = (name: Override['name'], on: boolean) =>
    on ? overrides.set(name, reason, null) : overrides.clear(name, 'cleared in settings');
  const isActive = async (name: Override['name']) =>
    (await snapshots.get()).status.overrides.some((override) => override.name === name);

  const writeThrough = async () => {
    const before = known;
    known = valuesNow();
    for (const name of overrideNames) {
      if (known[name] === before[name]) continue;
      tell(differing.filter((one) => one !== name));
      if (session.state.kind === 'ready' && known[name] !== (await isActive(name))) await write(name, known[name]);
    }
  };
  /** Once for every project and environment that is opened. */
  const compare = () => {
    const { last } = snapshots;
    if (last === undefined || compared === last.current) return;
    compared = last.current;
    const active = new Set(last.status.overrides.map(({ name }) => name));
    tell(overrideNames.filter((name) => (explicitSetting(name) ?? active.has(name)) !== active.has(name)));
  };
  const subscriptions = [
    changed,
    snapshots.onChange(compare),
    onSettingChange((touched) => {
      if (overrideNames.some(touched)) writeThrough().catch(onError);
    }),
  ];
  compare();
  return {
    get differing() {
      return differing;
    },
    onChange: changed.event,
    async apply() {
      for (const name of [...differing]) await write(name, readSetting(name));
      tell([]);
    },
    async reset() {
      const names = [...differing];
      tell([]);
      for (const name of names) await resetSetting(name);
    },
    dispose: () => subscriptions.forEach((one) => void one.dispose()),
  };
}

function valuesNow(): Record<Override['name'], boolean> {
  return { forceRetrain: readSetting('forceRetrain'), forceSkipRetrain: readSetting('forceSkipRetrain') };
}
