import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Api } from '../../../../src/vscode/start.js';
import type { Item } from '../../../../src/vscode/tree-item.js';
import type { ViewId } from '../../../../src/vscode/trees/view-ids.js';
import { allLines, extensionApi, until } from '../../support/extension.js';
import * as account from './account.js';
import { places } from './places.js';

/** The window that a project's life is lived in: what it shows, and what lies in its bucket. */
export function makeLife() {
  let opened: Api | undefined;
  const api = (): Api => {
    assert.ok(opened, 'the window is not open yet');
    return opened;
  };
  const items = (view: ViewId) => api().views.of[view].items;
  const environment = () => api().session.require().environment;
  return {
    open: async () => void (opened = await extensionApi()),
    api,
    items,
    environment,
    /** A whole view, as text. */
    all: (view: ViewId) => allLines(items(view)).join('\n'),
    stage: (label: string): Item | undefined => items('mlops.pipeline').find((item) => item.label === label),
    switchTo: async (name: string): Promise<void> => {
      const settings = vscode.workspace.getConfiguration('mlops');
      await settings.update('environment', name, vscode.ConfigurationTarget.Workspace);
      await until(`${name} is open`, api().session.onChange, () => environment().name === name);
    },
  };
}
export type Life = ReturnType<typeof makeLife>;

/** An object of the project's bucket. */
export async function object(Key: string): Promise<string> {
  const { Body } = await account.clients.s3.getObject({ Bucket: places.bucket, Key });
  return Body!.transformToString();
}

/** Keys of all monitoring results, oldest first. */
export async function resultObjects(): Promise<string[]> {
  const where = { Bucket: places.bucket, Prefix: 'monitoring/runs/' };
  const { Contents = [] } = await account.clients.s3.listObjectsV2(where);
  return Contents.map(({ Key = '' }) => Key).filter((key) => key.endsWith('monitoring_results.json'));
}
