import * as vscode from 'vscode';
import type { Override } from '../../documents/ledger.js';
import { overrideNames, type Overrides } from '../overrides/overrides.js';
import type { SettingsSync } from '../overrides/settings-sync.js';
import type { Snapshots } from '../snapshot.js';
import { saidIn } from './arguments.js';
import { askReason } from './questions.js';
import type { Handlers } from './register.js';

type OverrideCommands = Pick<
  Handlers,
  'mlops.setOverride' | 'mlops.clearOverride' | 'mlops.applySettings' | 'mlops.resetSettings'
>;

const effects: Record<Override['name'], string> = {
  forceRetrain: 'Retrain whatever the gates say',
  forceSkipRetrain: 'Do not retrain, whatever the gates say (wins)',
};

export function overrideCommands(overrides: Overrides, sync: SettingsSync, snapshots: Snapshots): OverrideCommands {
  return {
    'mlops.setOverride': async (argument) => {
      const said = saidIn<Pick<Override, 'name' | 'reason' | 'expiresAt'>>(argument);
      const name = said.name ?? (await pickName());
      const reason =
        name && (said.reason ?? (await askReason(`Why ${name}? It is shown with every report while it is on.`)));
      if (!reason) return;
      const expiresAt = said.expiresAt === undefined ? await pickExpiry() : said.expiresAt;
      if (expiresAt !== undefined) await overrides.set(name, reason, expiresAt);
    },
    'mlops.clearOverride': async (argument) => {
      const { status } = await snapshots.get();
      const name = overrideNames.find((one) => one === argument) ?? (await pickActive(status.overrides));
      if (name) await overrides.clearBoth(name, 'no longer needed');
    },
    'mlops.applySettings': async () => {
      const names = sync.differing.map((name) => `mlops.${name}`).join(', ');
      if (names === '') return;
      const apply = { label: 'Apply', detail: `Make the environment say what the settings say: ${names}` };
      const reset = { label: 'Reset setting', detail: `Remove ${names} from the settings` };
      const answer = await vscode.window.showQuickPick([apply, reset], {
        title: 'Override settings differ from the environment',
      });
      if (answer === apply) await sync.apply();
      if (answer === reset) await sync.reset();
    },
    'mlops.resetSettings': () => sync.reset(),
  };
}

async function pickName(): Promise<Override['name'] | undefined> {
  const items = overrideNames.map((name) => ({ label: name, detail: effects[name], name }));
  return (await vscode.window.showQuickPick(items, { title: 'Set override (the verdict never changes)' }))?.name;
}

/** Also when there is only one: clearing is a change, and a stray click must not make it. */
async function pickActive(active: readonly Override[]): Promise<Override['name'] | undefined> {
  if (active.length === 0) {
    void vscode.window.showInformationMessage('No override is active.');
    return undefined;
  }
  const items = active.map(({ name, by, reason }) => ({ label: `Clear ${name}`, detail: `by ${by}: ${reason}`, name }));
  return (await vscode.window.showQuickPick(items, { title: 'Clear override' }))?.name;
}

/** undefined: not after all; null: until cleared. */
async function pickExpiry(): Promise<string | null | undefined> {
  const days = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString();
  const items = [
    { label: 'for a day', until: days(1) },
    { label: 'for 3 days', until: days(3) },
    { label: 'for a week', until: days(7) },
    { label: 'until cleared', until: null },
  ];
  return (await vscode.window.showQuickPick(items, { title: 'How long?' }))?.until;
}
