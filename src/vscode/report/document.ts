import { posix } from 'node:path';
import * as vscode from 'vscode';
import type { Environment } from '../../platform/ports.js';

/** Larger ones are not parsed into a page; the text editor has its own ways with large files. */
const mostBytes = 50e6;

/** A JSON document that a report shows, wherever it lies. */
export interface ReportDocument {
  name: string;
  /** Its bytes as a file, for an editor. */
  uri: () => Promise<vscode.Uri>;
  text: () => Promise<string>;
  /** A file beside it, such as the predictions behind its figures; undefined when there is none. */
  beside: (name: string) => Promise<vscode.Uri | undefined>;
}

export function fileDocument(uri: vscode.Uri): ReportDocument {
  return {
    name: posix.basename(uri.path),
    uri: () => Promise.resolve(uri),
    async text() {
      const { size } = await vscode.workspace.fs.stat(uri);
      if (size > mostBytes) throw tooLarge(uri.path, size);
      return Buffer.from(await vscode.workspace.fs.readFile(uri)).toString('utf8');
    },
    async beside(name) {
      const found = vscode.Uri.joinPath(uri, '..', name);
      return vscode.workspace.fs.stat(found).then(
        () => found,
        () => undefined,
      );
    },
  };
}

export function objectDocument({ objects }: Environment, key: string, bucket?: string): ReportDocument {
  const uriOf = async (one: string) => vscode.Uri.file(await objects.file(one, { bucket }));
  return {
    name: posix.basename(key),
    uri: () => uriOf(key),
    async text() {
      const found = await objects.head(key, { bucket });
      if (found && found.size > mostBytes) throw tooLarge(key, found.size);
      const bytes = await objects.read(key, { bucket });
      if (bytes === undefined) throw new Error(`there is no object ${key}`);
      return Buffer.from(bytes).toString('utf8');
    },
    async beside(name) {
      const other = posix.join(posix.dirname(key), name);
      return (await objects.head(other, { bucket })) ? uriOf(other) : undefined;
    },
  };
}

function tooLarge(name: string, size: number): Error {
  return new Error(`${name} has ${(size / 1e6).toFixed(0)} MB; reports are shown up to ${mostBytes / 1e6} MB`);
}
