import * as vscode from 'vscode';
import type { Session } from '../session/session.js';
import { addressOf, objectScheme, s3UriOf } from '../object-address.js';
import { FileProblem, makeObjectFiles, type FileStat, type ObjectFiles } from './object-files.js';
import type { Places } from './places.js';

export interface ObjectFileSystem extends vscode.Disposable {
  files: ObjectFiles;
  /** Open editors whose object lies below a place look at it again; without one all do. */
  refresh: (below?: { bucket: string; key: string }) => void;
}

/** Objects as read-only files of the editor, wherever they lie. */
export function registerObjectFileSystem(session: Session, places: Places): ObjectFileSystem {
  const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  const files = makeObjectFiles(places.environmentNamed);
  const provider: vscode.FileSystemProvider = {
    onDidChangeFile: changed.event,
    // Who watches is told when the buckets are refreshed, by hand or by what changed on this machine.
    watch: () => new vscode.Disposable(() => undefined),
    stat: (uri) => asked(async () => statOf(await files.stat(addressOf(uri)))),
    readDirectory: (uri) =>
      asked(async () => (await files.list(addressOf(uri))).map(([name, kind]) => [name, typeOf(kind)])),
    readFile: (uri) => asked(() => files.read(addressOf(uri))),
    createDirectory: refuse,
    writeFile: refuse,
    delete: refuse,
    rename: refuse,
  };
  const refresh: ObjectFileSystem['refresh'] = (below) => {
    const prefix = below === undefined ? '' : s3UriOf(below);
    const open = openUris().filter((uri) => s3UriOf(addressOf(uri)).startsWith(prefix));
    if (open.length > 0) changed.fire(open.map((uri) => ({ type: vscode.FileChangeType.Changed, uri })));
  };
  const parts = [
    changed,
    vscode.workspace.registerFileSystemProvider(objectScheme, provider, { isReadonly: true, isCaseSensitive: true }),
    // What was read in another place, or with other rights, is not what these editors are to show.
    session.onChange(() => refresh()),
  ];
  return { files, refresh, dispose: () => parts.forEach((one) => void one.dispose()) };
}

/** The objects that are open in this window. */
function openUris(): vscode.Uri[] {
  const inputs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ input }) => input));
  return inputs
    .filter((input) => input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom)
    .map(({ uri }) => uri)
    .filter(({ scheme }) => scheme === objectScheme);
}

function statOf({ kind, size, modifiedAt }: FileStat): vscode.FileStat {
  const permissions = vscode.FilePermission.Readonly;
  return { type: typeOf(kind), size, mtime: modifiedAt, ctime: 0, permissions };
}

const typeOf = (kind: FileStat['kind']) => (kind === 'folder' ? vscode.FileType.Directory : vscode.FileType.File);

function refuse(uri: vscode.Uri): never {
  throw vscode.FileSystemError.NoPermissions(
    `${s3UriOf(addressOf(uri))}: objects are read-only here; write with: mlops bucket put`,
  );
}

/** Runs what a file system is asked for; our plain words reach the caller. */
async function asked<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    switch (error.kind) {
      case 'not-found':
        throw vscode.FileSystemError.FileNotFound(error.message);
      case 'denied':
        throw vscode.FileSystemError.NoPermissions(error.message);
      case 'is-folder':
        throw vscode.FileSystemError.FileIsADirectory(error.message);
      case 'too-large':
      case 'unavailable':
        throw vscode.FileSystemError.Unavailable(error.message);
    }
  }
}
