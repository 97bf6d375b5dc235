import * as vscode from 'vscode';
import type { ReportPanel } from './report/panel.js';
import { resultKeys } from './report/results.js';
import type { Session } from './session/session.js';
import { readSetting } from './settings.js';

/**
 * Shows a project whose setting asks for it when a window opens it: the view, and the newest report where there is one.
 * Once a window; a project that says nothing is opened without anything moving.
 */
export function showOnOpen(session: Session, panel: ReportPanel, failed: (error: unknown) => void): vscode.Disposable {
  const opened = session.onChange(({ kind }) => {
    if (kind !== 'ready') return;
    opened.dispose();
    if (readSetting('showOnOpen')) show(session, panel).catch(failed);
  });
  return opened;
}

async function show(session: Session, panel: ReportPanel): Promise<void> {
  await vscode.commands.executeCommand('workbench.view.extension.mlops');
  const results = await resultKeys(session.require().environment);
  if (results.length > 0) panel.show();
}
