import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Item } from '../../../src/vscode/tree-item.js';
import type { Api } from '../../../src/vscode/start.js';
import type { CommandId } from '../../../src/vscode/command-table.js';

/** The extension, awake, with its project open and looked at. */
export async function extensionApi(): Promise<Api> {
  const extension = vscode.extensions.getExtension<Api>('mlops-workbench.mlops-workbench');
  assert.ok(extension, 'VS Code does not know the extension');
  const api = await extension.activate();
  if (api.session.state.kind !== 'ready') await api.session.reload();
  assert.equal(api.session.state.kind, 'ready', JSON.stringify(api.session.state));
  await api.snapshots.get();
  return api;
}

export function run<T>(command: CommandId, argument?: unknown): Thenable<T> {
  return vscode.commands.executeCommand<T>(command, argument);
}

export function folder(): string {
  return vscode.workspace.workspaceFolders![0]!.uri.fsPath;
}

export const inFolder = (...parts: string[]): string => join(folder(), ...parts);

/** A file of the repository, which the installed extension is no part of. Tests run in out/test. */
export const inRepository = (...parts: string[]): string => join(__dirname, '..', '..', ...parts);

/** Resolves at the first event after which something holds; fails with what was waited for. */
export async function until(
  what: string,
  event: vscode.Event<unknown>,
  holds: () => unknown,
  ms = 60_000,
): Promise<void> {
  if (holds()) return;
  let subscription: vscode.Disposable | undefined;
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((done, reject) => {
      timer = setTimeout(() => reject(new Error(`${what}: not within ${ms / 1000} s`)), ms);
      subscription = event(() => holds() && done());
    });
  } finally {
    clearTimeout(timer);
    subscription?.dispose();
  }
}

/** `label | description`, one line an item. */
export function lines(items: readonly Item[]): string[] {
  return items.map(({ label, description }) => (description ? `${label} | ${description}` : label));
}

/** Every line, those that are folded below another after it. */
export function allLines(items: readonly Item[]): string[] {
  return items.flatMap((item) => [...lines([item]), ...allLines(item.children ?? [])]);
}

export function setting(name: 'forceRetrain' | 'forceSkipRetrain', value: boolean | undefined): Thenable<void> {
  return vscode.workspace.getConfiguration('mlops').update(name, value, vscode.ConfigurationTarget.Workspace);
}
