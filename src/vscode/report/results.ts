import * as vscode from 'vscode';
import { InputError } from '../../common/errors.js';
import { keys } from '../../documents/keys.js';
import type { Environment } from '../../platform/ports/environment.js';
import { collect } from '../../platform/ports/pages.js';
import type { Session } from '../session/session.js';

/** The keys of all monitoring results, oldest first. */
export async function resultKeys({ objects }: Environment): Promise<string[]> {
  const entries = await collect((page) => objects.list(keys.monitoringRuns, { ...page, folders: true }));
  return entries.filter(({ kind }) => kind === 'folder').map(({ key }) => `${key}monitoring_results.json`);
}

/** The key of past results, newest first in the list. */
export async function pickResults(session: Session, title: string): Promise<string | undefined> {
  const found = (await resultKeys(session.require().environment)).reverse();
  if (found.length === 0) throw new InputError('there are no results yet; run the stage monitor');
  const items = found.map((key) => ({ label: key.split('/').at(-2) ?? key, detail: key, key }));
  return (await vscode.window.showQuickPick(items, { title }))?.key;
}
