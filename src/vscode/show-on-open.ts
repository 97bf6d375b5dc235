import { join } from 'node:path';
import * as vscode from 'vscode';
import { projectFileName } from '../project/file-name.js';
import type { ReportPanel } from './report/panel.js';
import { resultKeys } from './report/results.js';
import type { Session } from './session/session.js';
import { readSetting } from './settings.js';

/** A project that was made here and is opened by loading a window, which forgets everything else. */
export interface JustMade {
  remember: (folder: string) => Thenable<void>;
  /** Whether it is this one; asked once. */
  isThis: (folder: string) => boolean;
}

const justMadeKey = 'justMade';

export function makeJustMade(memory: vscode.Memento): JustMade {
  return {
    remember: (folder) => memory.update(justMadeKey, folder),
    isThis(folder) {
      const found = memory.get<string>(justMadeKey) === folder;
      if (found) void memory.update(justMadeKey, undefined);
      return found;
    },
  };
}

/**
 * Shows a project when a window opens it: one that was just made with its file beside its stages, so that running it is
 * one click; one whose setting asks for it with the view, and the newest report where there is one. Once a window; a
 * project that says nothing is opened without anything moving.
 */
export function showOnOpen(
  session: Session,
  panel: ReportPanel,
  justMade: JustMade,
  failed: (error: unknown) => void,
): vscode.Disposable {
  const opened = session.onChange((state) => {
    if (state.kind !== 'ready') return;
    opened.dispose();
    if (justMade.isThis(state.folder)) showProject(state.folder).then(undefined, failed);
    else if (readSetting('showOnOpen')) show(session, panel).catch(failed);
  });
  return opened;
}

/** The stages, and the project's file. */
export async function showProject(folder: string): Promise<void> {
  await vscode.window.showTextDocument(vscode.Uri.file(join(folder, projectFileName)));
  // With the focus in the view its buttons are in sight.
  await vscode.commands.executeCommand('mlops.pipeline.focus');
}

async function show(session: Session, panel: ReportPanel): Promise<void> {
  await vscode.commands.executeCommand('workbench.view.extension.mlops');
  const results = await resultKeys(session.require().environment);
  if (results.length > 0) panel.show();
}
