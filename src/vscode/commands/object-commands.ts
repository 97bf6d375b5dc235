import { posix } from 'node:path';
import * as vscode from 'vscode';
import { InputError } from '../../common/errors.js';
import { putObject } from '../../operations/buckets/put.js';
import { readObject } from '../../operations/buckets/read.js';
import { removeObject } from '../../operations/buckets/remove.js';
import type { Environment } from '../../platform/ports/environment.js';
import { s3UriOf } from '../object-address.js';
import { confirmDestruction } from '../session/confirm.js';
import type { Current } from '../session/current.js';
import type { Session } from '../session/session.js';
import type { Item } from '../tree-item.js';
import type { Views } from '../trees/views.js';
import { isItem, targetOf } from './arguments.js';
import { perform } from '../session/perform.js';
import type { Handlers } from './register.js';

type ObjectCommands = Pick<Handlers, 'mlops.uploadFiles' | 'mlops.downloadObject' | 'mlops.deleteObject'>;

/** What goes into a bucket and out of it: only the environment's own is ever changed. */
export function objectCommands(session: Session, { buckets, of }: Views): ObjectCommands {
  const listAnew = (item: Item) => {
    buckets.refresh(item);
    of['mlops.buckets'].redraw(item);
  };
  return {
    'mlops.uploadFiles': async (argument) => {
      const current = session.requireWritable('upload files');
      const folder = targetOf(argument, 'prefix');
      if (!folder || !isItem(argument)) return;
      mustBeOwn(current, folder);
      const files = await chooseFiles(s3UriOf(folder));
      for (const file of files) {
        const key = folder.key + posix.basename(file.path);
        const takeOver = await mayTakeOver(current.environment, key);
        if (takeOver === undefined) continue;
        const bytes = await vscode.workspace.fs.readFile(file);
        await perform(current, putObject, { key, bytes, takeOver }, `Uploading ${key}`);
      }
      if (files.length > 0) listAnew(argument);
    },
    'mlops.downloadObject': async (argument) => {
      const current = session.require();
      const object = targetOf(argument, 'object');
      if (!object) return;
      const file = await chooseTarget(posix.basename(object.key));
      if (file === undefined) return;
      const bytes = await perform(current, readObject, { key: s3UriOf(object) }, `Downloading ${object.key}`);
      if (bytes !== undefined) await vscode.workspace.fs.writeFile(file, bytes);
    },
    'mlops.deleteObject': async (argument) => {
      const current = session.requireWritable('delete an object');
      const line = argument ?? of['mlops.buckets'].tree.selection[0];
      const object = targetOf(line, 'object');
      if (!object || !isItem(line)) return;
      mustBeOwn(current, object);
      const done = await perform(current, removeObject, { key: object.key }, `Deleting ${object.key}`);
      const folder = buckets.parentOf(line);
      if (done !== undefined && folder !== undefined) listAnew(folder);
    },
  };
}

/** A key alone would mean one of the environment's own bucket. @throws InputError for a place in another */
function mustBeOwn({ environment }: Current, at: { bucket: string; key: string }): void {
  if (at.bucket === environment.bucket) return;
  throw new InputError(`${s3UriOf(at)}: found another bucket, expected ${environment.bucket}, the project's own`);
}

async function chooseFiles(where: string): Promise<vscode.Uri[]> {
  const options = { canSelectMany: true, title: `Upload into ${where}`, openLabel: 'Upload' };
  return (await vscode.window.showOpenDialog(options)) ?? [];
}

function chooseTarget(name: string): Thenable<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return vscode.window.showSaveDialog({
    title: `Download ${name}`,
    saveLabel: 'Download',
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
}

/** Whether an object that is there was given up by name, also one that somebody else wrote; undefined: not after all. */
async function mayTakeOver(environment: Environment, key: string): Promise<boolean | undefined> {
  if ((await environment.objects.head(key)) === undefined) return false;
  const replacing = { what: `replace ${key}`, resource: key, askLocally: 'a person' } as const;
  return (await confirmDestruction(environment, replacing)) || undefined;
}
