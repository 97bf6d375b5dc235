import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import * as vscode from 'vscode';
import { projectFileName } from '../../project/file-name.js';

/** A text that is part of a project: its file, or SQL that lies in its folder. */
export interface Authored {
  kind: 'project' | 'sql';
  folder: string;
  /** As `mlops.json` names it. */
  name: string;
}

/** Undefined for what is no part of a project on this machine's disk. */
export function authoredBy({ uri }: Pick<vscode.TextDocument, 'uri'>): Authored | undefined {
  if (uri.scheme !== 'file') return undefined;
  const path = uri.fsPath;
  if (basename(path) === projectFileName) return { kind: 'project', folder: dirname(path), name: projectFileName };
  if (!path.endsWith('.sql')) return undefined;
  const folder = [dirname(path), dirname(dirname(path))].find((one) => existsSync(join(one, projectFileName)));
  if (folder === undefined) return undefined;
  return { kind: 'sql', folder, name: relative(folder, path).replaceAll('\\', '/') };
}

/** The text of a file of a project: as it is being written where it is open, else as it lies there; empty where it is not. */
export async function textIn(folder: string, name: string): Promise<string> {
  const uri = vscode.Uri.file(join(folder, name));
  const open = vscode.workspace.textDocuments.find((document) => document.uri.fsPath === uri.fsPath);
  if (open !== undefined) return open.getText();
  const size = statSync(uri.fsPath, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0 || size > 1_000_000) return '';
  return Buffer.from(await vscode.workspace.fs.readFile(uri)).toString('utf8');
}
