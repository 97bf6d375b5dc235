import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { InputError } from '../../common/errors.js';
import { sizeText } from '../../common/size-text.js';
import type { GridSource } from '../../documents/grid/questions.js';
import { readJsonc } from '../../project/jsonc.js';
import { projectFileName } from '../../project/file-name.js';
import { addressOf, objectScheme } from '../object-address.js';
import type { Places } from '../objects/places.js';
import type { Session } from '../session/session.js';

/** So much is fetched of an account unasked. */
const mostUnasked = 64e6;

/** A table that lies elsewhere, and is too large to be fetched before somebody says so. */
export class LargeElsewhere extends InputError {}

interface Asked {
  session: Session;
  places: Pick<Places, 'environmentNamed'>;
  /** Its user wants a large one fetched. */
  mayFetch: () => boolean;
}

/** Where a table's rows lie on this machine, fetched if they do not, with what is private of them. */
export function makeFileSource({ session, places, mayFetch }: Asked, uri: vscode.Uri) {
  let copied: string | undefined;
  /** What an editor's file system holds, as a file. */
  const copy = async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mlops-table-'));
    copied = folder;
    const path = join(folder, basename(uri.path));
    await writeFile(path, await vscode.workspace.fs.readFile(uri));
    return path;
  };
  const pathOf = async (): Promise<string> => {
    if (uri.scheme === 'file') return uri.fsPath;
    if (uri.scheme !== objectScheme) return copy();
    const { environment: name, bucket, key, member } = addressOf(uri);
    if (member !== undefined) return copy();
    const environment = await places.environmentNamed(name);
    const { size } = await vscode.workspace.fs.stat(uri);
    if (environment.kind !== 'local' && size > mostUnasked && !mayFetch())
      throw new LargeElsewhere(
        `${basename(key)} has ${sizeText(size)} and lies in environment ${environment.name}; it is fetched when you say so`,
      );
    return environment.objects.file(key, { bucket });
  };
  const source = async (): Promise<GridSource> => {
    const path = await pathOf();
    const named = session.state.kind === 'ready' ? session.require().project.file.private : [];
    // What source control or a dialog shows has the place of its project, also where its bytes were copied elsewhere.
    const around = await privateAround(uri.scheme === objectScheme ? path : uri.fsPath);
    return { kind: 'file', path, hidden: [...new Set([...named, ...around])] };
  };
  return { source, dispose: () => void (copied && rm(copied, { recursive: true, force: true })) };
}

/** What the project in whose folder a file lies calls private: its project need not be the one that is open. */
async function privateAround(path: string): Promise<string[]> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const text = await readFile(join(folder, projectFileName), 'utf8').catch(() => undefined);
    if (text !== undefined) return privateIn(text, join(folder, projectFileName));
    if (folder === dirname(folder)) return [];
  }
}

/** @throws InputError where nobody can tell: a table is not shown then */
function privateIn(text: string, file: string): string[] {
  const { value, problems } = readJsonc(text.replace(/^\uFEFF/, ''));
  const named = (value as { private?: unknown } | undefined)?.private ?? [];
  if (Array.isArray(named) && problems.length === 0) return named.filter((one) => typeof one === 'string');
  throw new InputError(
    `${file}: found what cannot be read, so that nobody knows which columns are private; expected JSON: mend it first`,
  );
}
