import { posix } from 'node:path';
import * as vscode from 'vscode';
import { mostBytes } from '../../report/shown-bytes.js';
import { parseLoosely } from '../../common/loose-json.js';
import { gridEditors, previewEditor } from '../report/editor-types.js';
import { fileDocument, type ReadText } from '../report/document.js';
import type { ObjectAddress } from '../object-address.js';
import { hasRows, isPreviewed } from './previewed.js';
import { objectUri } from '../object-uri.js';

/** A larger text opens as far as its beginning: an editor would have to hold all of it. */
const largeText = 20e6;

const picture = /\.(png|jpe?g|gif|webp|bmp|ico|avif|svg|pdf|mp4|wav|mp3)$/i;

/**
 * Opens an object as what it is: a table as a grid, an archive as a preview, a document that is recognised as a report, a
 * large text as its beginning, everything else as VS Code opens such a file.
 */
export async function openObjectAt(at: ObjectAddress): Promise<void> {
  const uri = objectUri(at);
  const name = posix.basename(at.member ?? at.key);
  if (/\.parquet$/i.test(name)) return openWith(uri, gridEditors[0]);
  if (isPreviewed(name)) return openWith(uri, previewEditor);
  const { size } = await vscode.workspace.fs.stat(uri);
  if (/\.jsonl?$/i.test(name) && (size > mostBytes || (await isReport(await fileDocument(uri).read()))))
    return openWith(uri, 'mlops.report');
  if (size > largeText && hasRows(name)) return openWith(uri, gridEditors[1]);
  const shown = size > largeText && !picture.test(name) ? objectUri({ ...at, beginning: true }) : uri;
  await vscode.commands.executeCommand('vscode.open', shown, { preview: true });
}

async function openWith(
  uri: vscode.Uri,
  editor: typeof previewEditor | 'mlops.report' | (typeof gridEditors)[number],
): Promise<void> {
  await vscode.commands.executeCommand('vscode.openWith', uri, editor, { preview: true });
}

async function isReport({ text, whole }: ReadText): Promise<boolean> {
  if (!whole) return true;
  const { recognise, recogniseLines } = await import('../report/drawing.js');
  if (recogniseLines(text)) return true;
  try {
    return recognise(parseLoosely(text)).kind !== 'raw';
  } catch {
    return false;
  }
}
