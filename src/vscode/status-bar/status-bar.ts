import * as vscode from 'vscode';
import { messageOf } from '../../common/errors.js';
import { brokenIn } from '../../pipeline/status/broken.js';
import type { SettingsSync } from '../overrides/settings-sync.js';
import type { Runs } from '../runs/runs.js';
import type { Session } from '../session/session.js';
import type { Snapshots } from '../snapshot.js';
import type { WindowWatcher } from '../watching/window-watcher.js';
import { statusEntries } from './entries.js';
import type { Entry } from './entry.js';

const order: Entry['id'][] = ['environment', 'verdict', 'override', 'settings', 'watch', 'write'];
const names: Record<Entry['id'], string> = {
  environment: 'MLOps environment',
  verdict: 'MLOps verdict',
  override: 'MLOps overrides',
  settings: 'MLOps override settings',
  watch: 'MLOps watching',
  write: 'MLOps AWS writing',
};

interface Shown {
  session: Session;
  snapshots: Snapshots;
  runs: Runs;
  sync: SettingsSync;
  watcher: Pick<WindowWatcher, 'state' | 'onChange'>;
}

/** Draws the entries and keeps them up to date. */
export function makeStatusBar(parts: Shown): vscode.Disposable {
  const { session, snapshots, runs, sync, watcher } = parts;
  const items = new Map<Entry['id'], vscode.StatusBarItem>();
  order.forEach((id, index) => {
    const item = vscode.window.createStatusBarItem(`mlops.${id}`, vscode.StatusBarAlignment.Left, 50 - index);
    item.name = names[id];
    items.set(id, item);
  });
  const draw = () => {
    const entries = new Map(entriesNow(parts).map((entry) => [entry.id, entry]));
    for (const [id, item] of items) {
      const entry = entries.get(id);
      if (entry) show(item, entry);
      else item.hide();
    }
  };
  draw();
  return vscode.Disposable.from(
    ...items.values(),
    session.onChange(draw),
    session.onPlace(draw),
    snapshots.onChange(draw),
    runs.onChange(draw),
    sync.onChange(draw),
    watcher.onChange(draw),
  );
}

function entriesNow({ session, snapshots: { last }, runs: { live }, sync: { differing }, watcher }: Shown): Entry[] {
  const { state, shown } = session;
  if (shown === undefined) return [];
  const { project, environment, account, readOnlyBecause } = shown;
  return statusEntries({
    project: project.file.name,
    environment: environment.name,
    kind: environment.kind,
    region: environment.region,
    profile: environment.profile,
    account: account(),
    readOnlyBecause: readOnlyBecause(),
    verdict: last?.status.verdict ?? null,
    broken: last ? brokenIn(last.status) : null,
    ...(state.kind === 'invalid' && { unreadable: messageOf(state.error) }),
    overrides: last?.status.overrides ?? [],
    differing,
    live,
    watch: watcher.state,
    now: new Date(),
  });
}

function show(item: vscode.StatusBarItem, { text, tooltip, click, warning }: Entry): void {
  item.text = text;
  item.tooltip = tooltip;
  item.command = click;
  item.backgroundColor = warning ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
  item.accessibilityInformation = { label: text.replaceAll(/\$\([^)]*\) ?/g, '') };
  item.show();
}
