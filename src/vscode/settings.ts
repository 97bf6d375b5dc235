import * as vscode from 'vscode';
import type { Override } from '../documents/ledger.js';
import { settingDefaults, type SettingName } from './setting-defaults.js';

const section = 'mlops';

export function readSetting<Name extends SettingName>(name: Name): (typeof settingDefaults)[Name] {
  return vscode.workspace.getConfiguration(section).get<(typeof settingDefaults)[Name]>(name) ?? settingDefaults[name];
}

/** What the user's own settings say; a workspace, which a project can bring along, is not asked. */
export function userSetting<Name extends SettingName>(name: Name): (typeof settingDefaults)[Name] {
  const found = vscode.workspace.getConfiguration(section).inspect<(typeof settingDefaults)[Name]>(name);
  return found?.globalValue ?? settingDefaults[name];
}

/** What somebody wrote into a settings file; undefined when nobody did. */
export function explicitSetting(name: Override['name']): boolean | undefined {
  const found = vscode.workspace.getConfiguration(section).inspect<boolean>(name);
  return found?.workspaceFolderValue ?? found?.workspaceValue ?? found?.globalValue;
}

export function writeSetting<Name extends SettingName>(
  name: Name,
  value: (typeof settingDefaults)[Name],
): Thenable<void> {
  const { workspaceFolders } = vscode.workspace;
  const target = workspaceFolders?.length ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  return vscode.workspace.getConfiguration(section).update(name, value, target);
}

/** Writes to the user's own settings, which no project brings along; undefined when nothing is left to say. */
export function writeUserSetting(name: 'aws.write', value: string[]): Thenable<void> {
  const settings = vscode.workspace.getConfiguration(section);
  return settings.update(name, value.length === 0 ? undefined : value, vscode.ConfigurationTarget.Global);
}

/** Removes a setting wherever it is set. */
export async function resetSetting(name: SettingName): Promise<void> {
  const settings = vscode.workspace.getConfiguration(section);
  const found = settings.inspect(name);
  const set: [unknown, vscode.ConfigurationTarget][] = [
    [found?.workspaceFolderValue, vscode.ConfigurationTarget.WorkspaceFolder],
    [found?.workspaceValue, vscode.ConfigurationTarget.Workspace],
    [found?.globalValue, vscode.ConfigurationTarget.Global],
  ];
  for (const [value, target] of set) if (value !== undefined) await settings.update(name, undefined, target);
}

/** Calls back when one of ours changed; `changed` tells which. */
export function onSettingChange(callback: (changed: (name: SettingName) => boolean) => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(section)) callback((name) => event.affectsConfiguration(`${section}.${name}`));
  });
}
