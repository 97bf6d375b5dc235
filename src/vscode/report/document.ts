import { open } from 'node:fs/promises';
import { posix } from 'node:path';
import * as vscode from 'vscode';
import type { Environment } from '../../platform/ports.js';
import { mostBytes, shownBytes } from '../../report/open.js';

/** A document's text; `whole` is false where it is so large that only its beginning was read. */
export interface ReadText {
  text: string;
  whole: boolean;
}

/** A JSON document that a report shows, wherever it lies. */
export interface ReportDocument {
  name: string;
  /** Where it lies in the environment's own bucket, as far as that is known: what rows are asked for by. */
  key: string | undefined;
  /** Its bytes as a file, for an editor. */
  uri: () => Promise<vscode.Uri>;
  read: () => Promise<ReadText>;
}

/** Results below such a folder have their rows beside them. */
const resultsKey = /(?:^|\/)(monitoring\/runs\/[^/]+\/monitoring_results\.json)$/;

export function fileDocument(uri: vscode.Uri): ReportDocument {
  return {
    name: posix.basename(uri.path),
    key: resultsKey.exec(uri.path)?.[1],
    uri: () => Promise.resolve(uri),
    async read() {
      const { size } = await vscode.workspace.fs.stat(uri);
      if (size > mostBytes && uri.scheme === 'file') return { text: await beginningOf(uri.fsPath), whole: false };
      return { text: textOf(await vscode.workspace.fs.readFile(uri)), whole: true };
    },
  };
}

export function objectDocument({ objects }: Environment, key: string, bucket?: string): ReportDocument {
  return {
    name: posix.basename(key),
    key: bucket === undefined ? key : undefined,
    uri: async () => vscode.Uri.file(await objects.file(key, { bucket })),
    async read() {
      const found = await objects.head(key, { bucket });
      const whole = found === undefined || found.size <= mostBytes;
      const bytes = await objects.read(key, whole ? { bucket } : { bucket, maxBytes: shownBytes });
      if (bytes === undefined) throw new Error(`there is no object ${key}`);
      return { text: textOf(bytes), whole };
    },
  };
}

const textOf = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');

async function beginningOf(path: string): Promise<string> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(shownBytes), 0, shownBytes, 0);
    return textOf(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}
